// SIGTERM: what was received is answered, then the process ends with 0.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "dns/edns.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }

// Packets that somebody's socket took, and answers.
struct Burst {
  int sent = 0;
  int answered = 0;
};

// Sends the signal, and asks from one socket until nobody listens.
Burst AskUntilGone(UdpClient* client, Process* server) {
  const std::string query = MakeQuery("www.drain.test.", dns::rr_type::kA);
  Burst burst;
  const auto receive = [&](absl::Duration timeout) {
    const absl::StatusOr<std::string> answer = client->Receive(timeout);
    burst.answered += answer.ok();
    return answer.status();
  };
  server->Signal(SIGTERM);
  // At most 64 under way: none is lost for want of room in a socket's buffer.
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (absl::Now() < end) {
    if (!client->Send(query)) break;
    ++burst.sent;
    while (burst.sent - burst.answered > 64) {
      const absl::Status status = receive(absl::Milliseconds(500));
      if (!status.ok()) return burst;
    }
  }
  while (receive(absl::Milliseconds(500)).ok()) continue;
  return burst;
}

TEST(FrontendDrainTest, AnswersWhatItReceivedAndEnds) {
  Cluster cluster;
  cluster.WriteZone("drain.test", kZone);
  for (int round = 0; round < 5; ++round) {
    ASSERT_TRUE(cluster.StartAll());
    UdpClient client(cluster.port());
    TcpClient tcp(cluster.port());
    const std::string query = MakeQuery("www.drain.test.", dns::rr_type::kA);
    ASSERT_TRUE(client.Exchange(query).ok());
    ASSERT_TRUE(tcp.Exchange(query).ok());
    ASSERT_TRUE(tcp.Send(query));
    const Burst burst = AskUntilGone(&client, &cluster.frontend());
    EXPECT_TRUE(tcp.Receive().ok()) << "Asked before the signal.";
    EXPECT_EQ(cluster.frontend().WaitForExit(absl::Seconds(10)), 0) << cluster.frontend().Describe();
    EXPECT_EQ(burst.answered, burst.sent) << cluster.frontend().Describe();
  }
}

TEST(AuthorityDrainTest, NobodySeesItWhenAnotherReplicaIsThere) {
  Cluster cluster({.authorities = 2});
  cluster.WriteZone("drain.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  QueryLoad load({.port = cluster.port(), .name = "www.drain.test.", .clients = 8, .pause = absl::ZeroDuration()});
  ASSERT_TRUE(load.WaitFor(IsRight));
  for (int round = 0; round < 4; ++round) {
    Process& authority = cluster.authority(round % 2);
    authority.Signal(SIGTERM);
    EXPECT_EQ(authority.WaitForExit(absl::Seconds(10)), 0) << authority.Describe();
    EXPECT_TRUE(load.WaitFor(IsRight));
    ASSERT_TRUE(cluster.StartAuthority(round % 2).WaitUntilReady());
    absl::SleepFor(absl::Milliseconds(1500));
  }
  for (const Outcome& outcome : load.Stop()) EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
}

// It says that it leaves, and goes on answering for a moment: so no query is lost and has to be asked once more.
TEST(AuthorityDrainTest, QueriesMoveOffBeforeItEnds) {
  Cluster cluster({.authorities = 2, .admin = true});
  cluster.WriteZone("drain.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  QueryLoad load({.port = cluster.port(), .name = "www.drain.test."});
  ASSERT_TRUE(load.WaitFor(IsRight));
  for (int round = 0; round < 4; ++round) {
    Process& authority = cluster.authority(round % 2);
    authority.Signal(SIGTERM);
    EXPECT_EQ(authority.WaitForExit(absl::Seconds(10)), 0) << authority.Describe();
    ASSERT_TRUE(cluster.StartAuthority(round % 2).WaitUntilReady());
    ASSERT_TRUE(cluster.WaitUntilConnected());
  }
  const std::vector<Outcome> outcomes = load.Stop();
  for (const Outcome& outcome : outcomes) EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
  MetricSamples samples = ReadMetrics(cluster.AdminAddress("frontend0"));
  const double asked = samples["strata_frontend_backend_queries_total{kind=\"authority\"}"] -
                       samples["strata_frontend_backend_hedges_total{kind=\"authority\"}"];
  EXPECT_EQ(asked, static_cast<double>(outcomes.size())) << "more: some were lost";
}

TEST(StrataDrainTest, EndsWithZero) {
  Cluster cluster;
  const std::string zone = cluster.folder().Path("drain.test.zone");
  WriteFile(zone, kZone);
  Process& strata = cluster.StartStrata({"--bindzone=" + zone});
  ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
  strata.Signal(SIGTERM);
  EXPECT_EQ(strata.WaitForExit(absl::Seconds(10)), 0) << strata.Describe();
}

}  // namespace
}  // namespace strata::tests
