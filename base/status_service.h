// Serves StatusService: how this process is, for stratactl.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_STATUS_SERVICE_H_
#define STRATA_BASE_STATUS_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/admin_pages.h"
#include "proto/status/v1/status.grpc.pb.h"

namespace strata::base {

// Says what the admin pages say (base/admin_pages.h), typed. Thread-safe if `pages` is (Serialized()), whose references
// outlive it.
class StatusService final : public status::v1::StatusService::Service {
 public:
  // Counts the uptime from now.
  StatusService(absl::string_view service, AdminPages pages);

  grpc::Status GetStatus(grpc::ServerContext* context, const status::v1::GetStatusRequest* request,
                         status::v1::GetStatusResponse* response) override;

 private:
  const std::string service_;
  const AdminPages pages_;
  const std::chrono::steady_clock::time_point started_;
};

// Adds the counters and gauges of a page of metrics in Prometheus' text form, of those that MetricsWriter writes.
void AddMetrics(absl::string_view page, status::v1::GetStatusResponse* response);

}  // namespace strata::base

#endif  // STRATA_BASE_STATUS_SERVICE_H_
