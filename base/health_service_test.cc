// Health over a connection, as load balancers ask for it.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/health_service.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "base/grpc_server.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class HealthServiceTest : public ::testing::Test {
 protected:
  using Reader = grpc::ClientReader<HealthCheckResponse>;

  void SetUp() override {
    GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    auto server = GrpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = Health::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  std::unique_ptr<Reader> Watch(grpc::ClientContext* context, const std::string& service = "") {
    HealthCheckRequest request;
    request.set_service(service);
    return stub_->Watch(context, request);
  }

  // -1: the stream has ended.
  static int Next(Reader* reader) {
    HealthCheckResponse response;
    return reader->Read(&response) ? response.status() : -1;
  }

  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<Health::Stub> stub_;
};

TEST_F(HealthServiceTest, ChecksTheServerAndNothingElse) {
  for (const bool serving : {true, false, true}) {
    server_->SetServing(serving);
    grpc::ClientContext context;
    HealthCheckResponse response;
    ASSERT_TRUE(stub_->Check(&context, HealthCheckRequest(), &response).ok());
    EXPECT_EQ(response.status(), serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
  }
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("other");
  HealthCheckResponse response;
  EXPECT_EQ(stub_->Check(&context, request, &response).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(HealthServiceTest, WatchTellsEachChangeOnce) {
  grpc::ClientContext context;
  const auto reader = Watch(&context);
  EXPECT_EQ(Next(reader.get()), HealthCheckResponse::SERVING);
  server_->SetServing(true);
  server_->SetServing(false);
  EXPECT_EQ(Next(reader.get()), HealthCheckResponse::NOT_SERVING);
  server_->SetServing(true);
  EXPECT_EQ(Next(reader.get()), HealthCheckResponse::SERVING);
  context.TryCancel();
  EXPECT_EQ(Next(reader.get()), -1);
}

TEST_F(HealthServiceTest, WatchOfAnUnknownServiceSaysSo) {
  grpc::ClientContext context;
  EXPECT_EQ(Next(Watch(&context, "other").get()), HealthCheckResponse::SERVICE_UNKNOWN);
  context.TryCancel();
}

TEST_F(HealthServiceTest, DrainIsToldAndHeldUpByNoWatch) {
  grpc::ClientContext context;
  const auto reader = Watch(&context);
  EXPECT_EQ(Next(reader.get()), HealthCheckResponse::SERVING);
  // Forever: only the watch's own end lets this return.
  server_->Drain(absl::InfiniteDuration());
  EXPECT_EQ(Next(reader.get()), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Next(reader.get()), -1);
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace strata::base
