// SPDX-License-Identifier: Apache-2.0
#include "base/batch_metrics.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace strata::base {

void WriteBatchMetrics(absl::string_view service, absl::Span<const BatchMetrics> workers, MetricsWriter* writer) {
  int64_t streams = 0;
  uint64_t outbox_full = 0;
  BatchSizeHistogram::Snapshot sizes;
  DurationHistogram::Snapshot times;
  for (const BatchMetrics& worker : workers) {
    streams += worker.streams.value();
    outbox_full += worker.outbox_full.value();
    sizes += worker.sizes.Read();
    times += worker.times.Read();
  }
  const auto start = [service, writer](absl::string_view name, MetricType type, absl::string_view help) {
    writer->Family(absl::StrCat("strata_", service, "_", name), type, help);
  };
  start("streams", MetricType::kGauge, "Streams that frontends have open.");
  writer->Sample({}, streams);
  start("batch_requests", MetricType::kHistogram, "Requests that came together and were handled in one go.");
  writer->Histogram({}, sizes);
  start("batch_duration_seconds", MetricType::kHistogram, "Time to handle the requests of a batch.");
  writer->Histogram({}, times);
  start("outbox_full_total", MetricType::kCounter, "Times that a stream had to wait as it does not take its replies.");
  writer->Sample({}, outbox_full);
}

}  // namespace strata::base
