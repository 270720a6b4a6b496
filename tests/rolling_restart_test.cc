// Everything is restarted, one process after the other, while queries run: none is lost, and none fails.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
// Not in a cache for long: each query takes a recursor.
constexpr char kElsewhere[] = "ttl-0.elsewhere.test.";

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }
bool IsRightElsewhere(const Outcome& outcome) { return outcome.Is(AddressOf(kElsewhere)); }

// Clients of every kind, on one port.
class Clients {
 public:
  explicit Clients(uint16_t port) {
    Add({.port = port, .name = "www.roll.test."}, IsRight);
    // A client that finds its connection closed in place of an answer asks again (RFC 7766 §6.2.4), but only then: the
    // time-out is longer than what counts as an answer below.
    Add({.port = port,
         .name = "www.roll.test.",
         .clients = 2,
         .tries = 2,
         .transport = QueryLoad::Transport::kPersistentTcp},
        IsRight);
    Add({.port = port, .name = "www.roll.test.", .clients = 2, .transport = QueryLoad::Transport::kTcp}, IsRight);
  }
  void Add(const QueryLoad::Options& options, const std::function<bool(const Outcome&)>& right) {
    loads_.push_back({std::make_unique<QueryLoad>(options), right, options});
    EXPECT_TRUE(loads_.back().load->WaitFor(right));
  }
  // All of them have asked since, and were answered.
  void AwaitAnswers() {
    for (const Load& load : loads_) EXPECT_TRUE(load.load->WaitFor(load.right));
  }
  void ExpectAllAnswered() {
    for (const Load& load : loads_) {
      int asked = 0;
      for (const Outcome& outcome : load.load->Stop()) {
        ++asked;
        EXPECT_TRUE(load.right(outcome)) << "query " << asked << " of load " << &load - loads_.data() << ", in "
                                         << outcome.tries << " tries: " << outcome.Describe();
        EXPECT_LT(outcome.done - outcome.asked, load.options.timeout) << "Lost, and asked again.";
      }
      EXPECT_GT(asked, 20);
    }
  }

 private:
  struct Load {
    std::unique_ptr<QueryLoad> load;
    std::function<bool(const Outcome&)> right;
    QueryLoad::Options options;
  };
  std::vector<Load> loads_;
};

void ExpectOrderlyEnd(Process* process) {
  process->Signal(SIGTERM);
  EXPECT_EQ(process->WaitForExit(absl::Seconds(20)), 0) << process->Describe();
}

TEST(RollingRestartTest, OneOfTwoFrontendsOnAPortLeaves) {
  Cluster cluster({.frontends = 2, .frontends_overlap = true});
  cluster.WriteZone("roll.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  Clients clients(cluster.port());
  for (int round = 0; round < 3; ++round) {
    const int next = 1 - round % 2;
    ASSERT_TRUE(cluster.StartFrontend(next).WaitUntilReady()) << cluster.frontend(next).Describe();
    clients.AwaitAnswers();
    ExpectOrderlyEnd(&cluster.frontend(1 - next));
    clients.AwaitAnswers();
  }
  clients.ExpectAllAnswered();
}

TEST(RollingRestartTest, EverythingIsRestarted) {
  Upstream upstream;
  ClusterShape shape;
  shape.authorities = 2;
  shape.caches = 2;
  shape.recursors = 2;
  shape.recursor_flags = {"--forward=" + upstream.address()};
  shape.frontends = 2;
  shape.frontends_overlap = true;
  Cluster cluster(shape);
  cluster.WriteZone("roll.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  Clients clients(cluster.port());
  clients.Add({.port = cluster.port(), .name = kElsewhere, .recursion_desired = true, .clients = 2}, IsRightElsewhere);
  const auto restart = [&](Process& old, const std::function<Process&()>& start) {
    ExpectOrderlyEnd(&old);
    ASSERT_TRUE(start().WaitUntilReady());
    ASSERT_TRUE(cluster.WaitUntilConnected());
    clients.AwaitAnswers();
  };
  for (int i = 0; i < 2; ++i) {
    restart(cluster.authority(i), [&]() -> Process& { return cluster.StartAuthority(i); });
    restart(cluster.cache(i), [&]() -> Process& { return cluster.StartCache(i); });
    restart(cluster.recursor(i), [&]() -> Process& { return cluster.StartRecursor(i); });
  }
  ASSERT_TRUE(cluster.StartFrontend(1).WaitUntilReady()) << cluster.frontend(1).Describe();
  ExpectOrderlyEnd(&cluster.frontend(0));
  clients.AwaitAnswers();
  clients.ExpectAllAnswered();
}

// One that shares a port must not take queries that it cannot answer.
TEST(RollingRestartTest, ANewcomerWaitsForItsZones) {
  Cluster cluster({.frontends = 2, .frontends_overlap = true});
  cluster.WriteZone("roll.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  Clients clients(cluster.port());
  cluster.authority(0).Signal(SIGSTOP);
  Process& newcomer = cluster.StartFrontend(1);
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_EQ(newcomer.Stderr().find("msg=listening"), std::string::npos) << newcomer.Describe();
  cluster.authority(0).Signal(SIGCONT);
  ASSERT_TRUE(newcomer.WaitUntilReady()) << newcomer.Describe();
  EXPECT_NE(newcomer.Stderr().find("msg=listening"), std::string::npos) << newcomer.Describe();
  clients.AwaitAnswers();
}

TEST(RollingRestartTest, StrataMakesRoomForItsSuccessor) {
  Cluster cluster;
  const std::string zone = cluster.folder().Path("roll.test.zone");
  WriteFile(zone, kZone);
  const std::vector<std::string> command = {Runfile("standalone/strata"), absl::StrCat("--port=", cluster.port()),
                                            "--interface=127.0.0.1", "--reuse_port", "--bindzone=" + zone};
  auto old = std::make_unique<Process>(command, cluster.folder().Path("strata.0"));
  ASSERT_TRUE(old->WaitUntilReady()) << old->Describe();
  Clients clients(cluster.port());
  for (int round = 1; round <= 3; ++round) {
    auto successor = std::make_unique<Process>(command, cluster.folder().Path(absl::StrCat("strata.", round)));
    ASSERT_TRUE(successor->WaitUntilReady()) << successor->Describe();
    clients.AwaitAnswers();
    ExpectOrderlyEnd(old.get());
    old = std::move(successor);
  }
  clients.ExpectAllAnswered();
}

}  // namespace
}  // namespace strata::tests
