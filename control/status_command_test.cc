// Against a service that is made up.
//
// SPDX-License-Identifier: Apache-2.0
#include "control/status_command.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "base/grpc_server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/status/v1/status.grpc.pb.h"

namespace strata::control {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class FakeService : public status::v1::StatusService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext*, const status::v1::GetStatusRequest*,
                         status::v1::GetStatusResponse* response) override {
    response->set_service("authority");
    response->set_version("1.2.3");
    response->set_uptime_ms(90'061'000);
    response->set_ready(ready);
    response->set_not_ready_reason(ready ? "" : "no zone");
    const auto add = [&](const char* name, const char* labels, double value) {
      status::v1::Metric* metric = response->add_metrics();
      metric->set_name(name);
      metric->set_labels(labels);
      metric->set_value(value);
    };
    add("strata_authority_zones", "", 12);
    add("strata_authority_queries_total", "type=\"A\"", asked += 1000);
    add("strata_authority_queries_total", "type=\"MX\"", 5);
    add("strata_authority_answers_total", "rcode=\"SERVFAIL\"", 3);
    return grpc::Status::OK;
  }

  bool ready = true;
  double asked = 0;
};

TEST(StatusCommandTest, OneRowEach) {
  FakeService service;
  base::GrpcServerOptions options;
  options.address = "127.0.0.1:0";
  options.services = {&service};
  const auto server = *base::GrpcServer::Start(options);
  Request request;
  request.targets = {server->address(), "unix:/nowhere/at.sock"};
  Report report = ShowStatus(request, absl::Milliseconds(100));
  EXPECT_THAT(report.table.ToText(), HasSubstr("authority  1.2.3    1d 01:01:01  yes       12"));
  EXPECT_THAT(report.table.ToJson(), HasSubstr("\"servfails_per_second\": 0.0"));
  EXPECT_THAT(report.table.ToJson(), testing::Not(HasSubstr("\"queries_per_second\": 0.0")));
  ASSERT_THAT(report.failures, SizeIs(1));
  EXPECT_TRUE(absl::IsUnavailable(report.failures[0].status));
  service.ready = false;
  report = ShowStatus(request, absl::ZeroDuration());
  ASSERT_THAT(report.failures, SizeIs(2));
  EXPECT_EQ(report.failures[0].status.message(), "not ready: no zone");
}

}  // namespace
}  // namespace strata::control
