// Tests of a watch on a real server's health.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/health_watch.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "base/event_loop.h"
#include "base/grpc_server.h"
#include "frontend/backends/backend_channel.h"
#include "frontend/backends/completion_loop.h"
#include "frontend/testing/unix_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class HealthWatchTest : public ::testing::Test {
 protected:
  ~HealthWatchTest() override {
    watch_.Stop();
    while (!watch_.ended()) completions_.RunOnce(&loop_, absl::Milliseconds(50));
  }

  void StartServer() {
    base::GrpcServerOptions options;
    options.address = address_;
    auto server = base::GrpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  // Until the watch has said so many things.
  void Await(size_t count) {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (said_.size() < count && absl::Now() < end) completions_.RunOnce(&loop_, absl::Milliseconds(50));
  }
  void RunFor(absl::Duration time) {
    const absl::Time end = absl::Now() + time;
    while (absl::Now() < end) completions_.RunOnce(&loop_, absl::Milliseconds(10));
  }

  const testing::SocketFolder folder_;
  const std::string address_ = folder_.Address("health");
  base::EventLoop loop_;
  std::vector<bool> said_;
  std::unique_ptr<base::GrpcServer> server_;
  CompletionLoop completions_;
  HealthWatch watch_{MakeBackendChannel(address_, 0), &completions_,
                     [this](bool serving) { said_.push_back(serving); }};
};

TEST_F(HealthWatchTest, EndsWithoutAnyServer) { EXPECT_THAT(said_, IsEmpty()); }

TEST_F(HealthWatchTest, TellsChanges) {
  StartServer();
  RunFor(absl::Milliseconds(300));
  EXPECT_THAT(said_, IsEmpty()) << "serving is what was assumed";
  server_->SetServing(false);
  Await(1);
  EXPECT_THAT(said_, ElementsAre(false));
  server_->SetServing(true);
  Await(2);
  EXPECT_THAT(said_, ElementsAre(false, true));
}

TEST_F(HealthWatchTest, WhoDrainsHasLeftUntilSomebodySaysThatItServes) {
  StartServer();
  RunFor(absl::Milliseconds(300));
  server_->Drain(absl::ZeroDuration());
  Await(1);
  EXPECT_THAT(said_, ElementsAre(false));
  RunFor(absl::Milliseconds(500));
  EXPECT_THAT(said_, ElementsAre(false)) << "the end of the watch says nothing";
  server_.reset();
  StartServer();
  Await(2);
  EXPECT_THAT(said_, ElementsAre(false, true));
}

}  // namespace
}  // namespace strata::frontend
