// A load run against an echoing server, a silent one and a lying one.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/load_run.h"

#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/datagram_batch.h"
#include "bench/loopback_socket.h"
#include "bench/udp_echo.h"
#include "gtest/gtest.h"

namespace strata::bench {
namespace {

std::vector<QueryPacket> Queries(int count) {
  std::vector<QueryPacket> queries;
  queries.reserve(count);
  for (int i = 0; i < count; ++i) queries.push_back(*EncodeQuery(absl::StrCat("q", i, ".example"), "A", {}));
  return queries;
}

class LoadRunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<UdpEcho>> echo = UdpEcho::Bind(0);
    ASSERT_TRUE(echo.ok()) << echo.status();
    echo_ = *std::move(echo);
    thread_ = std::thread([this] { echo_->Run(); });
  }
  void TearDown() override {
    echo_->Stop();
    thread_.join();
  }

  std::unique_ptr<UdpEcho> echo_;
  std::thread thread_;
};

TEST_F(LoadRunTest, EveryQueryOfEveryPassIsAnswered) {
  absl::StatusOr<LoadReport> report =
      RunLoad(Queries(100), {.port = echo_->port(), .window = 30, .timeout = absl::Minutes(1), .passes = 3});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->sent, 300u);
  EXPECT_EQ(report->answered, 300u);
  EXPECT_EQ(report->rcodes[0], 300u);
  EXPECT_EQ(report->latency.count(), 300u);
  EXPECT_EQ(report->lost + report->unexpected + report->truncated, 0u);
}

TEST_F(LoadRunTest, StopsAfterItsDurationWithNothingInFlight) {
  absl::StatusOr<LoadReport> report =
      RunLoad(Queries(3),
              {.port = echo_->port(), .window = 1, .timeout = absl::Minutes(1), .duration = absl::Milliseconds(50)});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_GT(report->answered, 0u);
  EXPECT_EQ(report->answered, report->sent);
  EXPECT_GE(report->seconds, 0.05);
}

TEST(LoadRunSilentServerTest, ARateIsKeptWithoutAnswers) {
  absl::StatusOr<BoundSocket> silent = BindLoopback(0);
  ASSERT_TRUE(silent.ok()) << silent.status();
  absl::StatusOr<LoadReport> report = RunLoad(Queries(10), {.port = silent->port,
                                                            .window = 4096,
                                                            .rate = 2000,
                                                            .timeout = absl::Milliseconds(300),
                                                            .duration = absl::Milliseconds(500)});
  close(silent->fd);
  ASSERT_TRUE(report.ok()) << report.status();
  // Fewer when this thread did not run; never more.
  EXPECT_GT(report->sent, 100u);
  EXPECT_LE(report->sent, 1001u);
  EXPECT_EQ(report->lost, report->sent);
}

TEST(LoadRunSilentServerTest, UnansweredQueriesAreLost) {
  absl::StatusOr<BoundSocket> silent = BindLoopback(0);
  ASSERT_TRUE(silent.ok()) << silent.status();
  absl::StatusOr<LoadReport> report =
      RunLoad(Queries(10), {.port = silent->port, .window = 4, .timeout = absl::Milliseconds(20), .passes = 1});
  close(silent->fd);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->sent, 10u);
  EXPECT_EQ(report->lost, 10u);
  EXPECT_EQ(report->answered, 0u);
}

TEST(LoadRunLyingServerTest, OnlyTheAnswerToTheQuestionCounts) {
  absl::StatusOr<BoundSocket> server = BindLoopback(0);
  ASSERT_TRUE(server.ok()) << server.status();
  // Replies to the first query three times: with another name, as NXDOMAIN with TC, and again.
  std::thread thread([fd = server->fd] {
    DatagramBatch batch(1, 512);
    batch.Receive(fd, 0);
    batch.buffer(0)[2] |= '\x82';
    batch.buffer(0)[3] |= '\x03';
    batch.buffer(0)[13] ^= 1;
    batch.Reply(fd, 1);
    batch.buffer(0)[13] ^= 1;
    batch.Reply(fd, 1);
  });
  absl::StatusOr<LoadReport> report =
      RunLoad(Queries(1), {.port = server->port, .timeout = absl::Minutes(1), .passes = 1});
  thread.join();
  close(server->fd);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->answered, 1u);
  EXPECT_EQ(report->unexpected, 1u);
  EXPECT_EQ(report->truncated, 1u);
  EXPECT_EQ(report->rcodes[3], 1u);
}

}  // namespace
}  // namespace strata::bench
