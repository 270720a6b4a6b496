// Tests of the transport without a network.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/testing/fake_transport.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor::testing {
namespace {

using ::testing::ElementsAre;

// Writes down what it is told.
class Recorder final : public ExchangeHandler {
 public:
  void OnReply(absl::string_view message, absl::Duration round_trip) override {
    told.push_back(absl::StrCat("reply ", message, " ", absl::FormatDuration(round_trip)));
    if (then) then();
  }
  void OnFailure(ExchangeFailure failure, bool suspicious) override {
    told.push_back(absl::StrCat("failure ", static_cast<int>(failure), suspicious ? " suspicious" : ""));
    if (then) then();
  }
  std::vector<std::string> told;
  std::function<void()> then;
};

class FakeTransportTest : public ::testing::Test {
 protected:
  ExchangeId Start(absl::string_view query, absl::Duration timeout = absl::Seconds(1)) {
    return transport_.Start(server_, query, false, timeout, &recorder_);
  }

  base::testing::FakeClock clock_;
  FakeTransport transport_{&clock_};
  base::SocketAddress server_ = *base::SocketAddress::FromText("192.0.2.1:53");
  Recorder recorder_;
};

TEST_F(FakeTransportTest, RecordsWhatIsSentAndEndsItAsToldTo) {
  Start("one");
  transport_.Start(server_, "two", true, absl::Seconds(2), &recorder_);
  ASSERT_EQ(transport_.size(), 2u);
  EXPECT_EQ(transport_[0].query, "one");
  EXPECT_EQ(transport_[1].server, server_);
  EXPECT_TRUE(transport_[1].tcp);
  EXPECT_EQ(transport_[1].timeout, absl::Seconds(2));
  transport_.Fail(1, ExchangeFailure::kUnreachable, true);
  transport_.Reply(0, "answer", absl::Milliseconds(3));
  EXPECT_THAT(recorder_.told, ElementsAre("failure 1 suspicious", "reply answer 3ms"));
  EXPECT_EQ(transport_.open_count(), 0u);
}

TEST_F(FakeTransportTest, WhatIsCancelledIsNotTold) {
  const ExchangeId id = Start("one");
  transport_.Cancel(id);
  transport_.Cancel(id);
  transport_.Cancel(77);
  transport_.Advance(absl::Seconds(5));
  EXPECT_TRUE(transport_[0].cancelled);
  EXPECT_TRUE(recorder_.told.empty());
}

TEST_F(FakeTransportTest, TimeMakesTimeouts) {
  Start("one");
  transport_.Advance(absl::Milliseconds(999));
  EXPECT_TRUE(recorder_.told.empty());
  transport_.Advance(absl::Milliseconds(1));
  EXPECT_THAT(recorder_.told, ElementsAre("failure 0"));
}

TEST_F(FakeTransportTest, TheScriptRepliesInTheOrderOfTime) {
  transport_.set_script([](const FakeExchange& exchange) -> std::optional<ScriptedReply> {
    if (exchange.query == "silent") return std::nullopt;
    if (exchange.query == "refused") return ScriptedReply{.message = "", .failure = ExchangeFailure::kUnreachable};
    return ScriptedReply{.message = exchange.query, .after = absl::Milliseconds(exchange.query == "slow" ? 20 : 10)};
  });
  Start("slow");
  Start("fast");
  Start("silent", absl::Milliseconds(15));
  Start("refused");
  transport_.Advance(absl::Milliseconds(30));
  EXPECT_THAT(recorder_.told, ElementsAre("failure 1", "reply fast 10ms", "failure 0", "reply slow 20ms"));
}

TEST_F(FakeTransportTest, AHandlerMayStartTheNext) {
  transport_.set_script([](const FakeExchange& exchange) {
    return ScriptedReply{.message = exchange.query, .after = absl::Milliseconds(10)};
  });
  const base::MonotonicTime begin = clock_.MonotonicNow();
  recorder_.then = [this] {
    if (transport_.size() < 4) Start("again");
  };
  Start("first");
  transport_.Advance(absl::Milliseconds(35));
  EXPECT_EQ(recorder_.told.size(), 3u);
  EXPECT_EQ(transport_.open_count(), 1u);
  EXPECT_EQ(absl::FromChrono(clock_.MonotonicNow() - begin), absl::Milliseconds(35));
}

}  // namespace
}  // namespace strata::recursor::testing
