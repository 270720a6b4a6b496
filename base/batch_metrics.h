// What is counted of streams of batches, the same in each service that serves them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_METRICS_H_
#define STRATA_BASE_BATCH_METRICS_H_

#include <chrono>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/histogram.h"
#include "base/metrics.h"
#include "base/metrics_text.h"

namespace strata::base {

// Of one worker, whose thread alone writes them.
struct alignas(kCacheLineSize) BatchMetrics {
  // So many requests were handled in one go. `full`: others of the batch wait until the client has taken replies.
  void CountBatch(int requests, bool full, std::chrono::nanoseconds time) {
    if (full) outbox_full.Add();
    if (requests == 0) return;
    sizes.Observe(static_cast<uint64_t>(requests));
    times.Observe(time);
  }

  Gauge streams;             // of clients, open
  BatchSizeHistogram sizes;  // requests handled in one go
  DurationHistogram times;   // that this took
  Counter outbox_full;       // times that a client had to wait as it does not take its replies
};

// Writes strata_<service>_streams, _batch_requests, _batch_duration_seconds and _outbox_full_total: the sums.
void WriteBatchMetrics(absl::string_view service, absl::Span<const BatchMetrics> workers, MetricsWriter* writer);

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_METRICS_H_
