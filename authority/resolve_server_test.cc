// Starting and stopping; what the streams do is in resolve_stream_test.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_server.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "authority/testing/test_zone.h"
#include "base/grpc_server.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using resolve::v1::AnswerBatch;
using resolve::v1::QueryBatch;
using resolve::v1::ResolveService;

class ResolveServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string lines;
    for (int i = 0; i < 250; ++i) absl::StrAppend(&lines, "@ TXT ", std::string(240, 'x'), i, "\n");
    catalog_.Publish(
        std::make_shared<const ZoneCatalog>(std::vector<std::shared_ptr<const Zone>>{MakeZone("big.", lines)}));
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.configure = [this](grpc::ServerBuilder& builder) { resolve_.AddTo(&builder); };
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
  }

  PublishedCatalog catalog_;
  ResolveServer resolve_{catalog_, 2};
  std::unique_ptr<base::GrpcServer> server_;
};

TEST_F(ResolveServerTest, StoppingEndsOpenStreams) {
  resolve_.Start();
  const auto stub =
      ResolveService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext idle_context, busy_context;
  const auto idle = stub->Resolve(&idle_context);
  const auto busy = stub->Resolve(&busy_context);
  idle->WaitForInitialMetadata();
  QueryBatch batch;
  for (int i = 0; i < 400; ++i) {
    auto* query = batch.add_queries();
    query->set_id(i);
    query->set_name(std::string(dns::Name::FromText("big.")->wire()));
    query->set_type(dns::rr_type::kTXT);
    query->set_rr_class(dns::rr_class::kIN);
  }
  busy->Write(batch);
  server_->Drain(absl::ZeroDuration());
  resolve_.Stop();
  AnswerBatch answers;
  EXPECT_FALSE(idle->Read(&answers));
  EXPECT_FALSE(idle->Finish().ok());
  while (busy->Read(&answers)) {
  }
  EXPECT_FALSE(busy->Finish().ok());
  resolve_.Stop();  // once more is fine
}

// A start that failed half-way has a server, and queues that no thread polls.
TEST_F(ResolveServerTest, NeverStarted) {
  server_->server().Shutdown();
  resolve_.Stop();
}

}  // namespace
}  // namespace strata::authority
