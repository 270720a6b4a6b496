// Response rate limiting: what a network gets of a flood in its name, and that who is really there is served.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
constexpr int kRate = 20;
constexpr char kClientCookie[] = "12345678";

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n"
    "mail A 192.0.2.3\n";

// What came back of a flood.
struct Flood {
  int answers = 0;    // in full, or errors
  int truncated = 0;  // TC=1, without records
  double seconds = 0;
};

// Whether strata or the separate processes serve.
class RateLimitTest : public testing::TestWithParam<bool> {
 protected:
  // `more`: lines of the section.
  void Start(const std::string& more) {
    const std::string config = folder_.Path("config.yaml");
    WriteFile(config, absl::StrCat("response_rate_limit:\n  responses_per_second: ", kRate, "\n", more));
    const std::vector<std::string> flags = {"--config=" + config, "--workers=2"};
    ClusterShape shape;
    shape.admin = true;
    shape.frontend_flags = flags;
    cluster_ = std::make_unique<Cluster>(shape);
    if (GetParam()) {
      const std::string zone = cluster_->folder().Path("rate.test.zone");
      WriteFile(zone, kZone);
      Process& strata = cluster_->StartStrata({flags[0], flags[1], "--bindzone=" + zone});
      ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
    } else {
      cluster_->WriteZone("rate.test", kZone);
      ASSERT_TRUE(cluster_->StartAll());
    }
  }

  // `count` queries from many ports, which the kernel spreads over the workers.
  Flood Send(int count, const std::string& name, const QueryOptions& options = {}) {
    constexpr int kSockets = 8;
    std::vector<std::unique_ptr<UdpClient>> clients;
    for (int i = 0; i < kSockets; ++i) clients.push_back(std::make_unique<UdpClient>(cluster_->port(), options.source));
    const std::string query = MakeQuery(name, kA, options);
    const absl::Time start = absl::Now();
    Flood flood;
    const auto receive = [&](absl::Duration patience) {
      for (const auto& client : clients) {
        for (auto answer = client->Receive(patience); answer.ok(); answer = client->Receive(absl::Milliseconds(1))) {
          ++((dns::GetU16(*answer, dns::kFlagsOffset) & dns::kTc) != 0 ? flood.truncated : flood.answers);
        }
      }
    };
    for (int i = 0; i < count; ++i) {
      clients[static_cast<size_t>(i % kSockets)]->Send(query);
      if (i % 100 == 99) receive(absl::Milliseconds(1));
    }
    // What is still under way comes at once, or not at all.
    absl::SleepFor(absl::Milliseconds(200));
    receive(absl::Milliseconds(1));
    flood.seconds = absl::ToDoubleSeconds(absl::Now() - start);
    return flood;
  }

  // The rate for as long as it took, and a window of it before; whatever the number of workers.
  static void ExpectLimited(const Flood& flood) {
    EXPECT_GE(flood.answers, kRate);
    EXPECT_LE(flood.answers, kRate * (flood.seconds + 1) + 1);
  }

  double Metric(const std::string& name) {
    return ReadMetrics(cluster_->AdminAddress(GetParam() ? "strata" : "frontend0"))["strata_frontend_" + name];
  }

  const TemporaryFolder folder_;
  std::unique_ptr<Cluster> cluster_;
};

TEST_P(RateLimitTest, ANetworkGetsItsRateAndSomeTruncated) {
  Start("  slip: 2\n");
  const Flood flood = Send(1000, "www.rate.test.");
  ExpectLimited(flood);
  const int limited = 1000 - flood.answers;
  EXPECT_GT(flood.truncated, limited / 4);
  EXPECT_LT(flood.truncated, limited * 3 / 4);
  EXPECT_EQ(Metric("rate_limit_truncated_total"), flood.truncated);
  EXPECT_EQ(Metric("dropped_total{reason=\"rate_limit\"}"), limited - flood.truncated);
  // Another answer, and another network, have rates of their own; over TCP there is no limit.
  EXPECT_GE(Send(5, "mail.rate.test.").answers, 5);
  EXPECT_GE(Send(5, "www.rate.test.", {.source = "127.1.0.1"}).answers, 5);
  for (int i = 0; i < 100; ++i) {
    const absl::StatusOr<dns::Message> answer = AskTcp(cluster_->port(), "www.rate.test.", kA);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->answer.size(), 1u);
  }
}

TEST_P(RateLimitTest, ErrorsAreLimitedToo) {
  Start("  slip: 0\n");
  const Flood flood = Send(500, "www.elsewhere.test.");
  ExpectLimited(flood);
  EXPECT_EQ(flood.truncated, 0);
}

TEST_P(RateLimitTest, WhoIsExemptIsNotLimited) {
  Start("  slip: 0\n  exempt: [127.0.0.0/24]\n");
  EXPECT_EQ(Send(500, "www.rate.test.").answers, 500);
  ExpectLimited(Send(500, "www.rate.test.", {.source = "127.1.0.1"}));
}

TEST_P(RateLimitTest, LogOnlyHoldsNothingBack) {
  Start("  log_only: true\n");
  const Flood flood = Send(500, "www.rate.test.");
  EXPECT_EQ(flood.answers, 500);
  EXPECT_GE(Metric("rate_limit_logged_total"), 500 - kRate * (flood.seconds + 1) - 1);
  EXPECT_EQ(Metric("dropped_total{reason=\"rate_limit\"}"), 0);
}

// RFC 7873: the flood is forged, and who has a cookie is not.
TEST_P(RateLimitTest, ACookieGetsThroughAFlood) {
  Start("  slip: 0\n");
  const absl::StatusOr<dns::Message> first = Ask(cluster_->port(), "www.rate.test.", kA, {.cookie = kClientCookie});
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string cookie = CookieOf(*first);
  ASSERT_EQ(cookie.size(), 24u);
  ExpectLimited(Send(500, "www.rate.test."));
  EXPECT_EQ(Send(500, "www.rate.test.", {.cookie = cookie}).answers, 500);
  // Who comes new, with half a cookie, is asked to come back with a whole one. That is an error, and has its own rate.
  Send(100, "www.rate.test.");
  const absl::StatusOr<dns::Message> refusal = Ask(cluster_->port(), "www.rate.test.", kA, {.cookie = "newcomer"});
  ASSERT_TRUE(refusal.ok()) << refusal.status();
  EXPECT_EQ(refusal->rcode, dns::rcode::kBadCookie);
  const absl::StatusOr<dns::Message> answer =
      Ask(cluster_->port(), "www.rate.test.", kA, {.cookie = CookieOf(*refusal)});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rcode, dns::rcode::kNoError);
  EXPECT_EQ(answer->answer.size(), 1u);
  EXPECT_GE(Metric("cookies_total{state=\"valid\"}"), 501);
  EXPECT_GE(Metric("cookies_total{state=\"client_only\"}"), 2);
  EXPECT_EQ(Metric("responses_total{proto=\"udp\",rcode=\"BADCOOKIE\"}"), 1);
}

INSTANTIATE_TEST_SUITE_P(Servers, RateLimitTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
