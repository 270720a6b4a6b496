// Tests that loops are added up, and when servers count as silent.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/resolver_metrics.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Two loops with the same two servers.
class ResolverMetricsTest : public ::testing::Test {
 protected:
  struct Loop {
    ForwarderMetrics forwarder;
    UdpCounters udp;
    TcpCounters tcp;
    std::vector<std::shared_ptr<UpstreamServer>> servers;
  };

  ResolverMetricsTest() {
    for (Loop& loop : loops_) {
      for (const char* address : {"192.0.2.1:53", "[2001:db8::1]:53"}) {
        loop.servers.push_back(std::make_shared<UpstreamServer>(*base::SocketAddress::FromText(address)));
      }
      loop.forwarder.servers.Publish(std::make_shared<const std::vector<std::shared_ptr<const UpstreamServer>>>(
          loop.servers.begin(), loop.servers.end()));
    }
  }

  std::vector<LoopMetrics> Metrics() const {
    std::vector<LoopMetrics> metrics;
    for (const Loop& loop : loops_) metrics.push_back({&loop.forwarder, &loop.udp, &loop.tcp});
    return metrics;
  }
  std::string Page() {
    base::MetricsWriter writer;
    WriteResolverMetrics(Metrics(), &writer);
    EXPECT_TRUE(writer.status().ok()) << writer.status();
    return writer.text();
  }
  void Expect(absl::string_view sample) {
    EXPECT_THAT(Page(), HasSubstr(absl::StrCat("\nstrata_recursor_", sample, "\n")));
  }
  std::vector<std::string> Reasons() { return GetReadiness(Metrics(), clock_.MonotonicNow()).reasons; }

  // A query that is not replied to.
  void AskInVain(int loop, int server) {
    UpstreamServer& asked = *loops_[loop].servers[server];
    asked.OnAsked(clock_.MonotonicNow());
    clock_.Advance(absl::Milliseconds(400));
    asked.OnSilence(clock_.MonotonicNow() - std::chrono::milliseconds(400), clock_.MonotonicNow());
  }

  base::testing::FakeClock clock_;
  Loop loops_[2];
};

TEST_F(ResolverMetricsTest, AddsUpLoops) {
  for (Loop& loop : loops_) {
    loop.forwarder.questions[dns::TypeLabelIndex(dns::rr_type::kMX)].Add(2);
    ResolverAnswer refused;
    refused.rcode = dns::rcode::kRefused;
    loop.forwarder.CountAnswer(refused);
    ResolverAnswer nxdomain;
    nxdomain.wire = absl::string_view("\0\0\x81\x83\0\0\0\0\0\0\0\0", 12);
    loop.forwarder.CountAnswer(nxdomain);
    loop.forwarder.CountReply(ReplyVerdict::kTruncated);
    loop.forwarder.CountFailure(/*tcp=*/true, ExchangeFailure::kTcpFailed);
    loop.forwarder.durations.Observe(std::chrono::milliseconds(3));
    loop.forwarder.in_flight.Set(5);
    loop.udp.sent.Add(7);
    loop.tcp.near_misses.Add(1);
  }
  Expect("queries_total{type=\"MX\"} 4");
  Expect("answers_total{rcode=\"REFUSED\"} 2");
  Expect("answers_total{rcode=\"NXDOMAIN\"} 2");
  Expect("upstream_replies_total{result=\"truncated\"} 2");
  Expect("upstream_failures_total{proto=\"tcp\",reason=\"tcp_failed\"} 2");
  Expect("upstream_failures_total{proto=\"udp\",reason=\"tcp_failed\"} 0");
  Expect("resolution_duration_seconds_bucket{le=\"0.002\"} 0");
  Expect("resolution_duration_seconds_bucket{le=\"0.004\"} 2");
  Expect("in_flight 10");
  Expect("upstream_queries_total{proto=\"udp\"} 14");
  Expect("upstream_discarded_total{proto=\"tcp\"} 2");
}

TEST_F(ResolverMetricsTest, KnowsItsServers) {
  for (Loop& loop : loops_) {
    loop.servers[0]->OnAsked(clock_.MonotonicNow());
    loop.servers[0]->OnUdpReply(absl::Milliseconds(20), clock_.MonotonicNow());
  }
  loops_[1].servers[0]->OnUdpReply(absl::Milliseconds(4), clock_.MonotonicNow());  // smoothed: 18 ms
  Expect("server_up{server=\"192.0.2.1:53\"} 1");
  Expect("server_queries_total{server=\"192.0.2.1:53\"} 2");
  Expect("server_replies_total{server=\"192.0.2.1:53\"} 3");
  Expect("server_round_trip_seconds{server=\"192.0.2.1:53\"} 0.018000000000000002");
  Expect("server_up{server=\"[2001:db8::1]:53\"} 1");
  EXPECT_THAT(Page(), Not(HasSubstr("server_round_trip_seconds{server=\"[2001:db8::1]:53\"}"))) << "never asked";
}

TEST_F(ResolverMetricsTest, AServerIsDownWhenAllWhoAskedItFoundItSilent) {
  AskInVain(0, 0);
  Expect("server_up{server=\"192.0.2.1:53\"} 0");
  loops_[1].servers[0]->OnAsked(clock_.MonotonicNow());
  Expect("server_up{server=\"192.0.2.1:53\"} 1");
  AskInVain(1, 0);
  Expect("server_up{server=\"192.0.2.1:53\"} 0");
  Expect("server_silences_total{server=\"192.0.2.1:53\"} 2");
  loops_[1].servers[0]->OnTcpReply(clock_.MonotonicNow());
  Expect("server_up{server=\"192.0.2.1:53\"} 1");
}

TEST_F(ResolverMetricsTest, IsReadyUntilAllServersAreSilent) {
  EXPECT_THAT(Reasons(), IsEmpty());
  AskInVain(0, 0);
  EXPECT_THAT(Reasons(), IsEmpty());
  AskInVain(0, 1);
  EXPECT_THAT(Reasons(), ElementsAre("no upstream server replies: 192.0.2.1:53, [2001:db8::1]:53"));
  loops_[0].servers[1]->OnUdpReply(absl::Milliseconds(1), clock_.MonotonicNow());
  EXPECT_THAT(Reasons(), IsEmpty());
}

// Nobody asks who is not ready, so that nothing would ever be learnt again.
TEST_F(ResolverMetricsTest, OldSilenceDoesNotCount) {
  AskInVain(0, 0);
  AskInVain(0, 1);
  clock_.Advance(absl::Seconds(11));
  EXPECT_THAT(Reasons(), IsEmpty());
}

TEST_F(ResolverMetricsTest, WithoutServersThereIsNothingToWaitFor) {
  for (Loop& loop : loops_)
    loop.forwarder.servers.Publish(std::make_shared<const std::vector<std::shared_ptr<const UpstreamServer>>>());
  EXPECT_THAT(Reasons(), IsEmpty());
  EXPECT_THAT(Page(), Not(HasSubstr("{server=")));
}

}  // namespace
}  // namespace strata::recursor
