// A thousand TCP clients that take their time: others get their answers, and connections come back.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/attackers/slow_clients.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/process_usage.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

constexpr int kAttackers = 1000;
constexpr int64_t kMiB = 1 << 20;
// Of good clients that have just gone, and those that the server has accepted to close.
constexpr int64_t kOwnConnections = 10;

// `big` has nearly as much text as a message can hold.
std::string ZoneText() {
  std::string text =
      "$TTL 60\n"
      "@ SOA ns root 1 3600 600 86400 60\n"
      "@ NS ns\n"
      "ns A 192.0.2.1\n"
      "www A 192.0.2.2\n";
  const std::string filler(200, 'x');
  for (int i = 0; i < 300; ++i) absl::StrAppend(&text, "big TXT ", i, filler, "\n");
  return text;
}

class SlowlorisTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override { ASSERT_TRUE(AllowOpenFiles(kAttackers + 1000)); }

  // Starts the shape that the parameter says, with these flags for whoever listens.
  void Start(const std::vector<std::string>& flags) {
    if (GetParam()) {
      cluster_ = std::make_unique<Cluster>();
      const std::string zone = cluster_->folder().Path("slow.test.zone");
      WriteFile(zone, ZoneText());
      std::vector<std::string> arguments = {"--bindzone=" + zone};
      arguments.insert(arguments.end(), flags.begin(), flags.end());
      server_ = &cluster_->StartStrata(arguments);
      ASSERT_TRUE(server_->WaitUntilReady()) << server_->Describe();
    } else {
      cluster_ = std::make_unique<Cluster>(ClusterShape{.frontend_flags = flags});
      cluster_->WriteZone("slow.test", ZoneText());
      ASSERT_TRUE(cluster_->StartAll());
      server_ = &cluster_->frontend();
    }
    open_sockets_ = OpenSocketsOf(server_->pid());
  }

  SlowClients::Options Attackers() const {
    SlowClients::Options options;
    options.port = cluster_->port();
    options.connections = kAttackers;
    options.query = MakeQuery("www.slow.test.", dns::rr_type::kA);
    options.large_query = MakeQuery("big.slow.test.", dns::rr_type::kTXT);
    return options;
  }

  // Two clients that take a rest of `pause` between queries.
  std::unique_ptr<QueryLoad> GoodClients(QueryLoad::Transport transport, absl::Duration pause) const {
    QueryLoad::Options options;
    options.port = cluster_->port();
    options.name = "www.slow.test.";
    options.clients = 2;
    options.pause = pause;
    options.timeout = absl::Seconds(10);
    options.transport = transport;
    return std::make_unique<QueryLoad>(options);
  }

  // Asks in every way for a while; all must be answered right.
  void ExpectGoodClientsAreServed(absl::Duration duration, absl::Duration pause) {
    const std::unique_ptr<QueryLoad> udp = GoodClients(QueryLoad::Transport::kUdp, pause);
    const std::unique_ptr<QueryLoad> tcp = GoodClients(QueryLoad::Transport::kTcp, pause);
    const std::unique_ptr<QueryLoad> persistent = GoodClients(QueryLoad::Transport::kPersistentTcp, pause);
    absl::SleepFor(duration);
    ExpectAllRight("UDP", udp->Stop());
    ExpectAllRight("TCP", tcp->Stop());
    ExpectAllRight("persistent TCP", persistent->Stop());
  }

  void ExpectAllRight(const char* title, const std::vector<Outcome>& outcomes) {
    absl::Duration longest;
    size_t wrong = 0;
    for (const Outcome& outcome : outcomes) {
      longest = std::max(longest, outcome.done - outcome.asked);
      if (!outcome.Is(Ipv4(192, 0, 2, 2)) && wrong++ < 3) ADD_FAILURE() << title << ": " << outcome.Describe();
    }
    printf("%s: %zu queries, %zu without a right answer; the longest took %s\n", title, outcomes.size(), wrong,
           absl::FormatDuration(longest).c_str());
    EXPECT_EQ(wrong, 0u) << title << " of " << outcomes.size();
    EXPECT_GE(outcomes.size(), 2u);
  }

  // Connections that the server holds, listeners aside.
  int64_t Connections() const { return OpenSocketsOf(server_->pid()) - open_sockets_; }
  static bool WaitFor(const std::function<bool()>& condition) {
    const absl::Time end = absl::Now() + absl::Seconds(60);
    while (!condition()) {
      if (absl::Now() > end) return false;
      absl::SleepFor(absl::Milliseconds(20));
    }
    return true;
  }

  std::unique_ptr<Cluster> cluster_;
  Process* server_ = nullptr;
  int64_t open_sockets_ = 0;
};

TEST_P(SlowlorisTest, HarmsNobodyAndIsDisconnected) {
  Start({"--tcp_idle_timeout=6s"});
  const int64_t resident = ResidentBytesOf(server_->pid());
  SlowClients attackers(Attackers());
  ASSERT_TRUE(WaitFor([&] { return attackers.connections() == kAttackers; }));
  ExpectGoodClientsAreServed(absl::Seconds(4), absl::Milliseconds(5));
  const int64_t grown = ResidentBytesOf(server_->pid()) - resident;
  printf("%lld connections, %lld MiB more memory\n", static_cast<long long>(Connections()),
         static_cast<long long>(grown / kMiB));
  EXPECT_LT(grown, 400 * kMiB) << "for what was asked for and left unread";
  // Not even who sends an octet a second can stay.
  EXPECT_TRUE(WaitFor([&] { return Connections() == 0; })) << Connections() << " connections stand\n"
                                                           << server_->Describe();
}

TEST_P(SlowlorisTest, ComesAgainAndAgain) {
  Start({"--tcp_idle_timeout=2s"});
  SlowClients::Options options = Attackers();
  options.reconnect = true;
  SlowClients attackers(options);
  ASSERT_TRUE(WaitFor([&] { return attackers.connections() == kAttackers; }));
  // Until they have all been sent away, and came again.
  const std::unique_ptr<QueryLoad> tcp = GoodClients(QueryLoad::Transport::kPersistentTcp, absl::Milliseconds(100));
  EXPECT_TRUE(WaitFor([&] { return attackers.connections() > 2 * kAttackers; })) << attackers.connections();
  ExpectAllRight("persistent TCP", tcp->Stop());
  ExpectGoodClientsAreServed(absl::Seconds(2), absl::Milliseconds(5));
}

// Who holds most makes room for who comes.
TEST_P(SlowlorisTest, CannotTakeAllConnections) {
  Start({"--max_tcp_connections=200"});
  SlowClients::Options options = Attackers();
  options.addresses = 10;
  options.reconnect = true;
  SlowClients attackers(options);
  ASSERT_TRUE(WaitFor([&] { return attackers.connections() > kAttackers; }));
  // Rests that are long beside the attackers' comings and goings: a connection of theirs is never the quietest.
  ExpectGoodClientsAreServed(absl::Seconds(5), absl::Milliseconds(300));
  EXPECT_LE(Connections(), 200 + kOwnConnections);
  printf("%lld connections of attackers\n", static_cast<long long>(attackers.connections()));
}

TEST_P(SlowlorisTest, ClientHasNoMoreThanItsShare) {
  Start({"--max_tcp_connections_per_client=50"});
  SlowClients::Options options = Attackers();
  options.addresses = 1;
  SlowClients attackers(options);
  ASSERT_TRUE(WaitFor([&] { return attackers.connections() == kAttackers; }));
  ExpectGoodClientsAreServed(absl::Seconds(2), absl::Milliseconds(5));
  EXPECT_LE(Connections(), 50 + kOwnConnections);
}

INSTANTIATE_TEST_SUITE_P(Servers, SlowlorisTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
