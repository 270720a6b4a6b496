// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_metrics.h"

#include <chrono>
#include <string>

#include "dns/rr_type.h"
#include "frontend/testing/fake_transport.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rr = dns::rr_type;
using std::chrono::milliseconds;
using testing::FakeTransport;
using ::testing::HasSubstr;
using ::testing::Not;

class QueryMetricsTest : public ::testing::Test {
 protected:
  QueryMetricsTest() {
    udp_ = udp_transport_.MakeClient();
    udp_.peer.sin6_family = AF_INET;
    tcp6_ = tcp_transport_.MakeClient();
    tcp6_.peer.sin6_family = AF_INET6;
  }

  std::string Page() {
    base::MetricsWriter writer;
    QueryMetrics::Write({&first_, &second_}, &writer);
    EXPECT_TRUE(writer.status().ok()) << writer.status();
    return writer.text();
  }

  FakeTransport udp_transport_{true};
  FakeTransport tcp_transport_{false};
  Client udp_;
  Client tcp6_;
  QueryMetrics first_;
  QueryMetrics second_;
};

TEST_F(QueryMetricsTest, RequestsOfAllWorkersAddUp) {
  first_.CountRequest(udp_, rr::kA, false, 40);
  second_.CountRequest(udp_, rr::kA, true, 41);
  second_.CountRequest(tcp6_, rr::kHTTPS, true, 42);
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_requests_total{proto="udp",family="1",type="A"} 2)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_requests_total{proto="tcp",family="2",type="HTTPS"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_do_requests_total{proto="udp"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_request_size_bytes_sum{proto="udp"} 81)"));
}

TEST_F(QueryMetricsTest, UnknownTypesAreOneSeries) {
  for (uint16_t type = 60000; type < 61000; ++type) first_.CountRequest(udp_, type, false, 40);
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_requests_total{proto="udp",family="1",type="other"} 1000)"));
  EXPECT_THAT(page, Not(HasSubstr("TYPE60000")));
}

TEST_F(QueryMetricsTest, ResponsesHaveTheirRcodeAndTime) {
  first_.CountResponse(udp_, dns::rcode::kNXDomain, false, 90, milliseconds(3));
  first_.CountResponse(udp_, dns::rcode::kNoError, true, 30, milliseconds(0));
  second_.CountResponse(tcp6_, dns::rcode::kBadCookie, false, 60, milliseconds(0));
  second_.CountResponse(tcp6_, 999, false, 60, milliseconds(0));
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_responses_total{proto="udp",rcode="NXDOMAIN"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_responses_total{proto="tcp",rcode="BADCOOKIE"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_responses_total{proto="tcp",rcode="other"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_truncated_responses_total{proto="udp"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_request_duration_seconds_bucket{proto="udp",le="0.004"} 2)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_request_duration_seconds_bucket{proto="udp",le="0.002"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_request_duration_seconds_sum{proto="udp"} 0.003)"));
}

TEST_F(QueryMetricsTest, RefusalsHaveTheirReason) {
  first_.CountDropped(Dropped::kBehind);
  second_.CountDropped(Dropped::kBehind);
  first_.CountDropped(Dropped::kClientTooMany);
  first_.CountDropped(Dropped::kTooOld);
  second_.CountDropped(Dropped::kReceiveBuffer, 5);
  second_.CountDropped(Dropped::kSendBuffer, 7);
  first_.CountCookie(CookieState::kBad);
  first_.rate_slipped.Add(5);
  second_.query_denied.Add();
  first_.pending.Set(3);
  second_.pending.Set(4);
  first_.waiting.Set(1);
  second_.waiting.Set(1);
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_dropped_total{reason="malformed_while_behind"} 2)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_dropped_total{reason="too_many_of_client"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_dropped_total{reason="too_old"} 1)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_dropped_total{reason="receive_buffer_full"} 5)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_dropped_total{reason="send_buffer_full"} 7)"));
  EXPECT_THAT(page, HasSubstr(R"(strata_frontend_cookies_total{state="bad"} 1)"));
  EXPECT_THAT(page, HasSubstr("strata_frontend_rate_limit_truncated_total 5"));
  EXPECT_THAT(page, HasSubstr("strata_frontend_query_denied_total 1"));
  EXPECT_THAT(page, HasSubstr("strata_frontend_pending_queries 7"));
  EXPECT_THAT(page, HasSubstr("strata_frontend_waiting_queries 2"));
}

}  // namespace
}  // namespace strata::frontend
