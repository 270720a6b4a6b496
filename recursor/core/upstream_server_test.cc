// Tests of what is remembered of a server.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_server.h"

#include "base/testing/fake_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

class UpstreamServerTest : public ::testing::Test {
 protected:
  base::MonotonicTime Now() const { return clock_.MonotonicNow(); }
  // A query that is not answered in time.
  void BeSilent() {
    const base::MonotonicTime sent = Now();
    server_.OnAsked(sent);
    clock_.Advance(server_.Rto());
    server_.OnSilence(sent, Now());
  }

  base::testing::FakeClock clock_;
  UpstreamServer server_{base::SocketAddress()};
};

TEST_F(UpstreamServerTest, TimeOutsFollowRoundTrips) {
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(376));
  server_.OnUdpReply(absl::Milliseconds(100), Now());
  EXPECT_EQ(server_.ExpectedRoundTrip(), absl::Milliseconds(100));
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(300));  // 100 + 4 * 50
  server_.OnUdpReply(absl::Milliseconds(180), Now());
  EXPECT_EQ(server_.ExpectedRoundTrip(), absl::Milliseconds(110));
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(340));  // 110 + 4 * 57.5
  for (int i = 0; i < 100; ++i) server_.OnUdpReply(absl::Milliseconds(1), Now());
  EXPECT_EQ(server_.Rto(), UpstreamServer::kMinRto);
  for (int i = 0; i < 100; ++i) server_.OnUdpReply(absl::Seconds(5), Now());
  EXPECT_EQ(server_.Rto(), UpstreamServer::kMaxRto);
}

TEST_F(UpstreamServerTest, SilenceDoublesTheTimeOutUntilTheNextReply) {
  for (int i = 0; i < 100; ++i) server_.OnUdpReply(absl::Milliseconds(20), Now());
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(50));
  clock_.Advance(absl::Seconds(1));
  BeSilent();
  EXPECT_TRUE(server_.suspect());
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(100));
  clock_.Advance(absl::Seconds(1));
  BeSilent();
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(200));
  for (int i = 0; i < 10; ++i) {
    clock_.Advance(absl::Seconds(1));
    BeSilent();
  }
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(1500));
  server_.OnTcpReply(Now());
  EXPECT_FALSE(server_.suspect());
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(50));
}

TEST_F(UpstreamServerTest, QueriesThatAreLostTogetherCountOnce) {
  const base::MonotonicTime sent = Now();
  clock_.Advance(absl::Milliseconds(376));
  for (int i = 0; i < 300; ++i) server_.OnSilence(sent, Now());
  EXPECT_EQ(server_.Rto(), absl::Milliseconds(752));
}

TEST_F(UpstreamServerTest, OneSlowAnswerIsNoSilence) {
  const base::MonotonicTime sent = Now();
  clock_.Advance(absl::Milliseconds(100));
  server_.OnUdpReply(absl::Milliseconds(20), Now());  // to another question
  server_.OnSilence(sent, Now());
  EXPECT_FALSE(server_.suspect());
}

TEST_F(UpstreamServerTest, ASuspectIsProbedOncePerTimeOut) {
  EXPECT_FALSE(server_.ProbeDue(Now()));
  BeSilent();
  clock_.Advance(absl::Milliseconds(375));
  EXPECT_FALSE(server_.ProbeDue(Now()));
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_TRUE(server_.ProbeDue(Now()));
  server_.OnAsked(Now());
  EXPECT_FALSE(server_.ProbeDue(Now()));
}

TEST_F(UpstreamServerTest, WhatItCannotIsForgottenInTime) {
  EXPECT_TRUE(server_.takes_edns(Now()));
  server_.OnEdnsRefused(Now());
  EXPECT_FALSE(server_.takes_edns(Now()));
  clock_.Advance(UpstreamServer::kDisabilityTtl);
  EXPECT_TRUE(server_.takes_edns(Now()));
}

TEST_F(UpstreamServerTest, CaseIsGivenUpWhenNothingElseEverComes) {
  server_.OnMismatch(Now());
  server_.OnMismatch(Now());
  server_.OnUdpReply(absl::Milliseconds(1), Now());
  server_.OnMismatch(Now());
  server_.OnMismatch(Now());
  EXPECT_TRUE(server_.keeps_case(Now()));
  server_.OnMismatch(Now());
  EXPECT_FALSE(server_.keeps_case(Now()));
  clock_.Advance(UpstreamServer::kDisabilityTtl);
  EXPECT_TRUE(server_.keeps_case(Now()));
}

}  // namespace
}  // namespace strata::recursor
