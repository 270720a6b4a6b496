// Floods of packets that are no queries: good queries are answered meanwhile and afterwards, and garbage costs no more
// than they do.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/attackers/garbage.h"
#include "tests/attackers/tcp_flood.h"
#include "tests/attackers/udp_flood.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/process_usage.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
constexpr absl::Duration kFlood = absl::Seconds(3);
constexpr int kPackets = 3000;
constexpr int64_t kMiB = 1 << 20;

class FloodTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      const std::string zone = cluster_.folder().Path("flood.test.zone");
      WriteFile(zone, kZone);
      servers_ = {&cluster_.StartStrata({"--bindzone=" + zone})};
      ASSERT_TRUE(servers_[0]->WaitUntilReady()) << servers_[0]->Describe();
    } else {
      cluster_.WriteZone("flood.test", kZone);
      ASSERT_TRUE(cluster_.StartAll());
      servers_ = {&cluster_.frontend(), &cluster_.authority(0)};
    }
  }

  // Over UDP a stub that asks again after a second without an answer, as dig does by default.
  QueryLoad::Options Stub(QueryLoad::Transport transport) const {
    QueryLoad::Options options;
    options.port = cluster_.port();
    options.name = "www.flood.test.";
    options.timeout = transport == QueryLoad::Transport::kUdp ? absl::Seconds(1) : absl::Seconds(10);
    options.tries = transport == QueryLoad::Transport::kUdp ? 3 : 1;
    options.transport = transport;
    return options;
  }

  void ExpectServes() {
    const absl::StatusOr<dns::Message> tcp = AskTcp(cluster_.port(), "www.flood.test.", dns::rr_type::kA);
    ASSERT_TRUE(tcp.ok()) << tcp.status() << servers_[0]->Describe();
    EXPECT_EQ(tcp->answer.size(), 1u);
    // The socket's buffer may be full of garbage still.
    QueryLoad udp(Stub(QueryLoad::Transport::kUdp));
    EXPECT_TRUE(udp.WaitFor([](const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }))
        << servers_[0]->Describe();
  }

  // Says how often each was asked, and how many have failed.
  static size_t CountFailures(absl::string_view title, const std::vector<Outcome>& outcomes) {
    size_t again = 0;
    size_t wrong = 0;
    for (const Outcome& outcome : outcomes) {
      if (outcome.tries > 1) ++again;
      if (outcome.Is(Ipv4(192, 0, 2, 2))) continue;
      if (wrong++ < 3) printf("%s\n", outcome.Describe().c_str());
    }
    printf("%s: %zu good queries, %zu asked again, %zu without a right answer\n", std::string(title).c_str(),
           outcomes.size(), again, wrong);
    return wrong;
  }

  absl::Duration CpuTime() const {
    absl::Duration sum;
    for (const Process* server : servers_) sum += CpuTimeOf(server->pid());
    return sum;
  }
  int64_t ResidentBytes() const {
    int64_t sum = 0;
    for (const Process* server : servers_) sum += ResidentBytesOf(server->pid());
    return sum;
  }
  int64_t LogLines() const {
    int64_t lines = 0;
    for (const Process* server : servers_) {
      const std::string log = server->Stderr();
      lines += std::count(log.begin(), log.end(), '\n');
    }
    return lines;
  }

  // CPU time of the servers for each of the packets, all of which they receive: a query's answer says that what was
  // sent before it, few enough for a socket's buffer, has been read.
  absl::Duration CostOf(const std::vector<std::string>& packets) {
    constexpr int kAtOnce = 50;
    UdpClient client(cluster_.port());
    const std::string query = MakeQuery("www.flood.test.", dns::rr_type::kA);
    EXPECT_TRUE(client.Exchange(query).ok());
    const absl::Duration before = CpuTime();
    for (size_t i = 0; i < packets.size(); ++i) {
      client.Send(packets[i]);
      if (i % kAtOnce != kAtOnce - 1) continue;
      EXPECT_TRUE(client.Exchange(query).ok());
    }
    return (CpuTime() - before) / static_cast<double>(packets.size());
  }

  Cluster cluster_;
  std::vector<Process*> servers_;
};

TEST_P(FloodTest, GoodQueriesAreAnsweredDuringAFloodOverUdp) {
  // A first flood, so that buffers have their size.
  {
    UdpFlood flood(cluster_.port(), MakeMixedGarbage(kPackets, 1));
    absl::SleepFor(absl::Seconds(1));
  }
  const int64_t resident = ResidentBytes();
  const int64_t lines = LogLines();
  const absl::Duration cpu = CpuTime();
  QueryLoad load(Stub(QueryLoad::Transport::kUdp));
  UdpFlood flood(cluster_.port(), MakeMixedGarbage(kPackets, 2));
  absl::SleepFor(kFlood);
  const int64_t sent = flood.Stop();
  ExpectServes();
  const absl::Duration used = CpuTime() - cpu;
  const std::vector<Outcome> outcomes = load.Stop();
  printf("%lld packets of garbage, CPU %s\n", static_cast<long long>(sent), absl::FormatDuration(used).c_str());
  // A datagram that the kernel has no room for is nobody's fault, three times in a row included, but that is rare.
  EXPECT_LE(CountFailures("UDP", outcomes), outcomes.size() / 100);
  EXPECT_GT(outcomes.size(), 4u);
  EXPECT_LT(ResidentBytes() - resident, 16 * kMiB);
  EXPECT_LT(LogLines() - lines, 20);
}

TEST_P(FloodTest, GoodQueriesAreAnsweredDuringAFloodOverTcp) {
  {
    TcpFlood flood(cluster_.port(), MakeMixedGarbage(kPackets, 3));
    absl::SleepFor(absl::Seconds(1));
  }
  const int64_t resident = ResidentBytes();
  const int64_t lines = LogLines();
  QueryLoad udp(Stub(QueryLoad::Transport::kUdp));
  QueryLoad tcp(Stub(QueryLoad::Transport::kTcp));
  QueryLoad persistent(Stub(QueryLoad::Transport::kPersistentTcp));
  TcpFlood flood(cluster_.port(), MakeMixedGarbage(kPackets, 4));
  absl::SleepFor(kFlood);
  printf("%lld connections with garbage\n", static_cast<long long>(flood.Stop()));
  ExpectServes();
  EXPECT_EQ(CountFailures("UDP", udp.Stop()), 0u);
  EXPECT_EQ(CountFailures("TCP", tcp.Stop()), 0u);
  EXPECT_EQ(CountFailures("persistent TCP", persistent.Stop()), 0u);
  EXPECT_LT(ResidentBytes() - resident, 16 * kMiB);
  EXPECT_LT(LogLines() - lines, 20);
}

// A refusal has to be sent like an answer, but nothing has to be looked up.
TEST_P(FloodTest, GarbageCostsNoMoreThanQueries) {
  constexpr int kCount = 7000;
  const std::vector<std::string> queries(kCount, MakeQuery("www.flood.test.", dns::rr_type::kA, {.id = 1}));
  const std::map<std::string, std::vector<std::string>> garbage = {
      {"random octets", MakeGarbage(Garbage::kRandomOctets, kCount, 5)},
      {"a query's header", MakeGarbage(Garbage::kQueryHeader, kCount, 6)},
      {"FORMERR bait", MakeGarbage(Garbage::kFormErrBait, kCount, 7)}};
  CostOf(queries);
  absl::Duration query = absl::InfiniteDuration();
  std::map<std::string, absl::Duration> costs;
  // Whatever else runs on the machine only adds to a cost: the least of some is the nearest to it.
  for (int round = 0; round < 3; ++round) {
    query = std::min(query, CostOf(queries));
    for (const auto& [title, packets] : garbage) {
      absl::Duration& cost = costs.emplace(title, absl::InfiniteDuration()).first->second;
      cost = std::min(cost, CostOf(packets));
    }
  }
  printf("CPU of a good query: %s\n", absl::FormatDuration(query).c_str());
  for (const auto& [title, cost] : costs) {
    printf("CPU of %s: %s, %.2f of a query's\n", title.c_str(), absl::FormatDuration(cost).c_str(),
           absl::FDivDuration(cost, query));
    EXPECT_LT(cost, 1.25 * query) << title;
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, FloodTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
