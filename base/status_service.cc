// SPDX-License-Identifier: Apache-2.0
#include "base/status_service.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/process_metrics.h"
#include "base/version.h"

namespace strata::base {

StatusService::StatusService(absl::string_view service, AdminPages pages)
    : service_(service), pages_(std::move(pages)), started_(std::chrono::steady_clock::now()) {}

grpc::Status StatusService::GetStatus(grpc::ServerContext* context, const status::v1::GetStatusRequest* request,
                                      status::v1::GetStatusResponse* response) {
  response->set_service(service_);
  response->set_version(std::string(kVersion));
  const auto uptime = std::chrono::steady_clock::now() - started_;
  response->set_uptime_ms(static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(uptime).count()));
  const Readiness readiness = pages_.readiness ? pages_.readiness() : Readiness{};
  response->set_ready(readiness.ready());
  response->set_not_ready_reason(absl::StrJoin(readiness.reasons, "; "));
  MetricsWriter writer;
  WriteProcessMetrics(service_, &writer);
  if (pages_.metrics) pages_.metrics(&writer);
  AddMetrics(writer.text(), response);
  return grpc::Status::OK;
}

void AddMetrics(absl::string_view page, status::v1::GetStatusResponse* response) {
  bool histogram = false;
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    if (absl::ConsumePrefix(&line, "# TYPE ")) histogram = absl::EndsWith(line, " histogram");
    if (histogram || line.empty() || line[0] == '#') continue;
    // NAME VALUE or NAME{LABELS} VALUE; values have no spaces, labels may.
    const size_t space = line.rfind(' ');
    double value = 0;
    if (space == absl::string_view::npos || !absl::SimpleAtod(line.substr(space + 1), &value)) continue;
    absl::string_view name = line.substr(0, space), labels;
    if (const size_t brace = name.find('{'); brace != absl::string_view::npos && absl::ConsumeSuffix(&name, "}")) {
      labels = name.substr(brace + 1);
      name = name.substr(0, brace);
    }
    status::v1::Metric* metric = response->add_metrics();
    metric->set_name(std::string(name));
    metric->set_labels(std::string(labels));
    metric->set_value(value);
  }
}

}  // namespace strata::base
