// Tests of what rate limiting leaves of answers, and what is counted.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/response_sender.h"

#include <memory>
#include <string>

#include "base/metrics_text.h"
#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using base::testing::FakeClock;
using testing::AnswerTo;
using testing::FakeTransport;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Parse;
using ::testing::SizeIs;
using testing::WireName;

class ResponseSenderTest : public ::testing::Test {
 protected:
  void Limit(int per_second, int slip, bool log_only = false) {
    ResponseLimiterOptions limits;
    limits.responses_per_second = per_second;
    limits.slip = slip;
    limits.log_only = log_only;
    sender_ = std::make_unique<ResponseSender>(
        ResponseSender::Options{.limiter = std::make_shared<ResponseLimiter>(limits)}, &metrics_);
  }

  void Send(int times, FakeTransport* transport) {
    const Client client = transport->MakeClient();
    for (int i = 0; i < times; ++i) {
      EXPECT_TRUE(sender_->Send(echo_, client, AnswerTo("a.test."), nullptr, clock_.MonotonicNow()));
    }
  }

  std::string Metrics() {
    base::MetricsWriter writer;
    QueryMetrics::Write({&metrics_}, &writer);
    return writer.text();
  }

  const std::string question_ = WireName("a.test.") + std::string("\0\1\0\1", 4);
  QueryEcho echo_ = {.id = 7, .has_edns = true, .max_size = 1232, .question = question_};
  FakeClock clock_;
  QueryMetrics metrics_;
  std::unique_ptr<ResponseSender> sender_ = std::make_unique<ResponseSender>(ResponseSender::Options(), &metrics_);
  FakeTransport udp_{true};
};

TEST_F(ResponseSenderTest, WithoutALimitAllIsSentAndCounted) {
  Send(100, &udp_);
  EXPECT_THAT(udp_.sent, SizeIs(100));
  EXPECT_THAT(Metrics(), HasSubstr(R"(strata_frontend_responses_total{proto="udp",rcode="NOERROR"} 100)"));
}

TEST_F(ResponseSenderTest, WhatIsNoAnswerIsNotSent) {
  EXPECT_FALSE(sender_->Send(echo_, udp_.MakeClient(), AnswerTo("b.test."), nullptr, clock_.MonotonicNow()));
  EXPECT_THAT(udp_.sent, IsEmpty());
}

TEST_F(ResponseSenderTest, BeyondTheLimitAnswersAreHeldBack) {
  Limit(10, /*slip=*/0);
  Send(100, &udp_);
  EXPECT_THAT(udp_.sent, SizeIs(10));
  EXPECT_THAT(Metrics(), HasSubstr(R"(strata_frontend_dropped_total{reason="rate_limit"} 90)"));
  clock_.Advance(absl::Seconds(1));
  Send(100, &udp_);
  EXPECT_THAT(udp_.sent, SizeIs(20));
}

TEST_F(ResponseSenderTest, SomeSlipOutTruncated) {
  Limit(10, /*slip=*/1);
  Send(30, &udp_);
  ASSERT_THAT(udp_.sent, SizeIs(30));
  for (size_t i = 0; i < 30; ++i) {
    const dns::Message answer = Parse(udp_.sent[i].message);
    EXPECT_EQ(answer.truncated, i >= 10) << i;
    EXPECT_EQ(answer.answer.empty(), i >= 10) << i;
    EXPECT_TRUE(answer.edns.has_value()) << i;
    EXPECT_EQ(answer.id, 7);
  }
  EXPECT_THAT(Metrics(), HasSubstr("strata_frontend_rate_limit_truncated_total 20"));
}

TEST_F(ResponseSenderTest, ErrorsSlipOutAsTheyAre) {
  Limit(10, /*slip=*/1);
  for (int i = 0; i < 20; ++i) {
    sender_->SendError(echo_, udp_.MakeClient(), dns::rcode::kRefused, nullptr, clock_.MonotonicNow());
  }
  ASSERT_THAT(udp_.sent, SizeIs(20));
  EXPECT_FALSE(Parse(udp_.sent[19].message).truncated);
  EXPECT_EQ(Parse(udp_.sent[19].message).rcode, dns::rcode::kRefused);
}

// What was forged gets a victim no more octets than it cost.
TEST_F(ResponseSenderTest, WhatSlipsOutIsNoLargerThanTheQuery) {
  Limit(10, /*slip=*/1);
  echo_.options.nsid = "a.long.name.of.this.server";
  echo_.options.keepalive = 100;
  const ExtendedErrorView error = {dns::extended_error::kProhibited, "and a text that explains it at length"};
  const size_t header_question_opt = dns::kHeaderSize + question_.size() + dns::kOptFixedSize;
  for (int i = 0; i < 20; ++i) {
    sender_->SendError(echo_, udp_.MakeClient(), dns::rcode::kBadVers, &error, clock_.MonotonicNow());
  }
  Send(20, &udp_);
  ASSERT_THAT(udp_.sent, SizeIs(40));
  EXPECT_GT(udp_.sent[9].message.size(), 2 * header_question_opt) << "Within the limit all is told.";
  EXPECT_EQ(udp_.sent[19].message.size(), header_question_opt);
  EXPECT_EQ(Parse(udp_.sent[19].message).rcode, dns::rcode::kBadVers) << "The upper bits are in the OPT record.";
  EXPECT_EQ(udp_.sent[39].message.size(), header_question_opt);
  EXPECT_TRUE(Parse(udp_.sent[39].message).truncated);
}

// RFC 7873 §5.3: without it, a client that knows us drops the answer.
TEST_F(ResponseSenderTest, WhatSlipsOutKeepsItsCookie) {
  Limit(10, /*slip=*/1);
  echo_.options.has_cookie = true;
  echo_.options.nsid = "ns1";
  Send(20, &udp_);
  ASSERT_THAT(udp_.sent, SizeIs(20));
  const dns::Message answer = Parse(udp_.sent[19].message);
  ASSERT_TRUE(answer.edns.has_value());
  ASSERT_THAT(answer.edns->options, SizeIs(1));
  EXPECT_EQ(answer.edns->options[0].code, dns::edns_option::kCookie);
}

TEST_F(ResponseSenderTest, WhoIsProvenIsNotLimited) {
  Limit(10, /*slip=*/0);
  echo_.proven = true;
  Send(100, &udp_);
  EXPECT_THAT(udp_.sent, SizeIs(100));
}

TEST_F(ResponseSenderTest, LogOnlyHoldsNothingBack) {
  Limit(10, /*slip=*/0, /*log_only=*/true);
  Send(100, &udp_);
  EXPECT_THAT(udp_.sent, SizeIs(100));
  EXPECT_THAT(Metrics(), HasSubstr("strata_frontend_rate_limit_logged_total 90"));
}

TEST_F(ResponseSenderTest, CountsTheTimeSinceTheQueryCame) {
  echo_.received = clock_.MonotonicNow();
  clock_.Advance(absl::Milliseconds(3));
  Send(1, &udp_);
  EXPECT_THAT(Metrics(), HasSubstr(R"(strata_frontend_request_duration_seconds_sum{proto="udp"} 0.003)"));
}

}  // namespace
}  // namespace strata::frontend
