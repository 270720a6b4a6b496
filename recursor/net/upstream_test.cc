// Tests of the whole transport: how exchanges with servers of all manners end.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/upstream.h"

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/event_loop.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/net/testing/exchange_recorder.h"
#include "recursor/net/testing/fake_server.h"
#include "recursor/net/testing/label_server.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {
namespace {

using testing::ExchangeRecorder;
using testing::FakeQuery;
using testing::LabelServer;
using testing::QueryWithOpt;

constexpr absl::Duration kLong = absl::Seconds(30);
constexpr absl::Duration kShort = absl::Milliseconds(30);

class UpstreamTest : public ::testing::Test {
 protected:
  void Turn() {
    loop_.RunOnce(upstream_->NextTimeout());
    upstream_->Turn();
  }
  void TurnUntilDone(const ExchangeRecorder& recorder) {
    while (recorder.calls == 0) Turn();
  }
  ExchangeRecorder Ask(const std::string& label, bool tcp, absl::Duration timeout) {
    ExchangeRecorder recorder;
    upstream_->Start(server_.address(), QueryWithOpt(label + ".wWw.example."), tcp, timeout, &recorder);
    EXPECT_EQ(recorder.calls, 0);
    TurnUntilDone(recorder);
    EXPECT_EQ(recorder.calls, 1);
    return recorder;
  }
  const FakeQuery& last_query() { return server_.server().queries().back(); }

  base::RealClock clock_;
  base::EventLoop loop_;
  LabelServer server_{&loop_};
  std::unique_ptr<Upstream> upstream_ = *Upstream::Create({}, clock_, &loop_);
};

TEST_F(UpstreamTest, WhateverTheServerAnswersIsHandedOn) {
  for (const bool tcp : {false, true}) {
    for (const char* const label :
         {"servfail", "refused", "notimp", "nxdomain", "formerr-opt", "formerr-noopt", "tc", "big-600", "big-4096"}) {
      const ExchangeRecorder recorder = Ask(label, tcp, kLong);
      ASSERT_TRUE(recorder.reply) << label;
      EXPECT_EQ(*recorder.reply, LabelServer::BadReply(label, last_query().message)) << label;
    }
    // Nothing a server said before changes that: no EDNS lost, no smaller limit.
    EXPECT_EQ(Ask("big-4096", tcp, kLong).reply->size(), 4096u);
  }
  EXPECT_EQ(server_.server().queries().size(), 20u) << "each was sent once";
  EXPECT_EQ(Ask("big-65535", true, kLong).reply->size(), 65535u);
  EXPECT_TRUE(Ask("slowtcp", true, kLong).reply);
}

TEST_F(UpstreamTest, WhatIsNoReplyIsWaitedPastAndRemembered) {
  const std::vector<std::string> labels = {"case",   "wrongq", "wrongid", "notresp",
                                           "opcode", "zero",   "short",   "formerr-noq"};
  for (const std::string& label : labels) {
    const ExchangeRecorder waited = Ask(label, false, kLong);
    ASSERT_TRUE(waited.reply) << label;
    EXPECT_EQ(*waited.reply, LabelServer::ProperReply(last_query().message)) << label;
    const ExchangeRecorder failed = Ask(label + ".only", false, kShort);
    EXPECT_EQ(failed.failure, ExchangeFailure::kTimeout) << label;
    EXPECT_TRUE(failed.suspicious) << label;
  }
  EXPECT_EQ(upstream_->udp_counters().near_misses.value(), 2 * labels.size());
  EXPECT_FALSE(Ask("wrongport.only", false, kShort).suspicious) << "the kernel does not let it through";
  EXPECT_FALSE(Ask("drop", false, kShort).suspicious);
}

TEST_F(UpstreamTest, OverTcpWhatIsNoReplyIsAFailure) {
  for (const char* const label : {"case", "notresp", "opcode"}) {
    const ExchangeRecorder recorder = Ask(label, true, kLong);
    EXPECT_EQ(recorder.failure, ExchangeFailure::kTcpFailed) << label;
    EXPECT_TRUE(recorder.suspicious) << label;
  }
  for (const char* const label : {"wrongq", "wrongid", "short", "formerr-noq"}) {
    const ExchangeRecorder recorder = Ask(label, true, kLong);
    EXPECT_EQ(*recorder.reply, LabelServer::ProperReply(last_query().message)) << label;
  }
  EXPECT_EQ(Ask("close", true, kLong).failure, ExchangeFailure::kTcpFailed);
  EXPECT_EQ(Ask("zero.only", true, kLong).failure, ExchangeFailure::kTcpFailed);
  EXPECT_EQ(Ask("drop", true, kShort).failure, ExchangeFailure::kTimeout);
}

TEST_F(UpstreamTest, ALateReplyIsNobodys) {
  for (const bool tcp : {false, true}) {
    EXPECT_EQ(Ask("late", tcp, kShort).failure, ExchangeFailure::kTimeout);
    const ExchangeRecorder next = Ask("plain", tcp, kLong);
    EXPECT_EQ(*next.reply, LabelServer::ProperReply(last_query().message));
  }
  EXPECT_EQ(upstream_->udp_counters().near_misses.value(), 0u);
}

TEST_F(UpstreamTest, CancelsEitherKind) {
  for (const bool tcp : {false, true}) {
    ExchangeRecorder cancelled;
    const ExchangeId id = upstream_->Start(server_.address(), QueryWithOpt("plain.example."), tcp, kShort, &cancelled);
    upstream_->Cancel(id);
    EXPECT_TRUE(Ask("plain", tcp, kLong).reply);
    upstream_->Cancel(id);
    EXPECT_EQ(cancelled.calls, 0);
  }
  upstream_->Cancel(0);
}

TEST_F(UpstreamTest, WaitsAsLongAsNothingIsDue) {
  EXPECT_EQ(upstream_->NextTimeout(), absl::InfiniteDuration());
  ExchangeRecorder recorder;
  upstream_->Start(server_.address(), QueryWithOpt("drop.example."), false, absl::Hours(1), &recorder);
  EXPECT_GT(upstream_->NextTimeout(), absl::ZeroDuration());
  EXPECT_LE(upstream_->NextTimeout(), Upstream::kMaxTimeout);
}

TEST_F(UpstreamTest, TwoOnOneMachineKnowNothingOfEachOther) {
  base::EventLoop loop;
  const std::unique_ptr<Upstream> other = *Upstream::Create({.loops = 2}, clock_, &loop);
  ExchangeRecorder recorder;
  other->Start(server_.address(), QueryWithOpt("plain.example."), false, kLong, &recorder);
  EXPECT_TRUE(Ask("plain", false, kLong).reply);
  while (recorder.calls == 0) {
    loop_.RunOnce(absl::ZeroDuration());
    loop.RunOnce(absl::Milliseconds(1));
    other->Turn();
  }
  EXPECT_TRUE(recorder.reply);
}

}  // namespace
}  // namespace strata::recursor
