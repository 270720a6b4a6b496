// Who may ask, and how much of it at a time.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
constexpr char kGreedy[] = "127.0.0.1", kOther[] = "127.1.0.1";
constexpr int kLimit = 5;

class ClientLimitsTest : public testing::Test {
 protected:
  void Start(const std::vector<std::string>& flags) {
    ClusterShape shape;
    shape.authorities = 0;
    shape.recursors = 1;
    shape.admin = true;
    shape.recursor_flags = {"--forward=" + upstream_.address()};
    shape.frontend_flags = flags;
    cluster_.emplace(shape);
    ASSERT_TRUE(cluster_->StartAll());
  }
  // Of names that nobody answers in time.
  void AskForSilence(UdpClient* client, int count, const QueryOptions& options) {
    for (int i = 0; i < count; ++i) {
      client->Send(MakeQuery(absl::StrCat("slow-2000.n", ++names_, ".test."), kA, options));
    }
  }
  base::SocketAddress Admin() { return cluster_->AdminAddress("frontend0"); }
  double Metric(const std::string& name) { return ReadMetrics(Admin())["strata_frontend_" + name]; }

  const Upstream upstream_;
  std::optional<Cluster> cluster_;
  int names_ = 0;
};

TEST_F(ClientLimitsTest, WhoHasManyQueriesWaitingLeavesRoomForOthers) {
  Start({absl::StrCat("--max_pending_per_client=", kLimit)});
  const absl::StatusOr<dns::Message> cookie =
      Ask(cluster_->port(), "www.test.", kA, {.recursion_desired = true, .cookie = "12345678"});
  ASSERT_TRUE(cookie.ok()) << cookie.status();

  // One socket, and so one worker.
  UdpClient greedy(cluster_->port(), kGreedy);
  AskForSilence(&greedy, 3 * kLimit, {.recursion_desired = true});
  EXPECT_EQ(AwaitMetric(Admin(), "strata_frontend_dropped_total{reason=\"too_many_of_client\"}", 2 * kLimit),
            2 * kLimit);
  EXPECT_EQ(Metric("pending_queries"), kLimit);

  // Another client has room of its own; so has the same one where it is proven to be there.
  EXPECT_TRUE(Ask(cluster_->port(), "www.test.", kA, {.recursion_desired = true, .source = kOther}).ok());
  EXPECT_TRUE(Ask(cluster_->port(), "www.test.", kA, {.recursion_desired = true, .cookie = CookieOf(*cookie)}).ok());
  EXPECT_TRUE(AskTcp(cluster_->port(), "www.test.", kA, {.recursion_desired = true}).ok());

  // Those that were taken are answered, and then there is room again.
  for (int i = 0; i < kLimit; ++i) EXPECT_TRUE(greedy.Receive(absl::Seconds(10)).ok()) << i;
  EXPECT_TRUE(Ask(cluster_->port(), "www.test.", kA, {.recursion_desired = true}).ok());
}

TEST_F(ClientLimitsTest, OverTcpItIsTold) {
  Start({absl::StrCat("--max_pending_per_client=", kLimit)});
  TcpClient client(cluster_->port(), kGreedy);
  for (int i = 0; i <= kLimit; ++i) {
    const QueryOptions options = {.id = static_cast<uint16_t>(i), .recursion_desired = true};
    ASSERT_TRUE(client.Send(MakeQuery(absl::StrCat("slow-2000.n", i, ".test."), kA, options)));
  }
  const absl::StatusOr<std::string> first = client.Receive();
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::StatusOr<dns::Message> refusal = dns::ParseMessage(*first);
  ASSERT_TRUE(refusal.ok()) << refusal.status();
  EXPECT_EQ(refusal->id, kLimit) << "the one too many";
  EXPECT_EQ(refusal->rcode, dns::rcode::kServFail);
  EXPECT_EQ(ExtendedErrorOf(*refusal), dns::extended_error::kOther);
  for (int i = 0; i < kLimit; ++i) EXPECT_TRUE(client.Receive(absl::Seconds(10)).ok()) << i;
}

TEST_F(ClientLimitsTest, WhoMayNotAskIsRefused) {
  Start({"--allow_query=127.1.0.0/16"});
  const QueryOptions friendly = {.recursion_desired = true, .source = kOther};
  const absl::StatusOr<dns::Message> answer = Ask(cluster_->port(), "www.test.", kA, friendly);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rcode, dns::rcode::kNoError);
  for (const auto& refusal : {Ask(cluster_->port(), "www.test.", kA, {.recursion_desired = true}),
                              AskTcp(cluster_->port(), "www.test.", kA, {.recursion_desired = true})}) {
    ASSERT_TRUE(refusal.ok()) << refusal.status();
    EXPECT_EQ(refusal->rcode, dns::rcode::kRefused);
    EXPECT_EQ(ExtendedErrorOf(*refusal), dns::extended_error::kProhibited);
  }
  EXPECT_EQ(Metric("query_denied_total"), 2);
}

}  // namespace
}  // namespace strata::tests
