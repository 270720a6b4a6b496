// An authority that stands still for a moment, too short to be taken for hung: its queries are asked of the other.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/admin_client.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

constexpr int kStops = 12;
constexpr absl::Duration kStop = absl::Milliseconds(300);

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }

TEST(HedgeTest, QueriesDoNotWaitForAnAuthorityThatStandsStill) {
  Cluster cluster({.authorities = 2, .admin = true});
  cluster.WriteZone("hedge.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  const base::SocketAddress frontend = cluster.AdminAddress("frontend0");
  const auto count = [&](const std::string& what) {
    return ReadMetrics(frontend)["strata_frontend_backend_" + what + "_total{kind=\"authority\"}"];
  };
  QueryLoad load({.port = cluster.port(), .name = "www.hedge.test."});
  ASSERT_TRUE(load.WaitFor(IsRight));
  // Until it has learned how long answers take.
  absl::SleepFor(absl::Seconds(3));
  const double won = count("hedges_won");
  for (int i = 0; i < kStops; ++i) {
    cluster.authority(i % 2).Signal(SIGSTOP);
    absl::SleepFor(kStop);
    cluster.authority(i % 2).Signal(SIGCONT);
    absl::SleepFor(absl::Milliseconds(200));
  }
  const std::vector<Outcome> outcomes = load.Stop();
  // Each stop catches some queries: there is always one under way.
  EXPECT_GE(count("hedges_won") - won, kStops / 2);
  const auto waited = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const Outcome& outcome) { return outcome.done - outcome.asked > kStop / 2; });
  EXPECT_LT(waited, kStops / 2) << "of " << outcomes.size();
  // They are few: no more than the budget allows.
  EXPECT_LT(count("hedges"), static_cast<double>(outcomes.size()) / 10 + 100);
  for (const Outcome& outcome : outcomes) EXPECT_TRUE(IsRight(outcome)) << outcome.Describe();
}

}  // namespace
}  // namespace strata::tests
