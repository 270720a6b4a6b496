// An authority that hangs is no authority: queries go to the other, until it is back.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
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

TEST(HungAuthorityTest, TheOtherOneAnswersAndItIsUsedAgainAfterwards) {
  Cluster cluster({.authorities = 2});
  cluster.WriteZone("hung.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  QueryLoad load({.port = cluster.port(), .name = "www.hung.test."});
  ASSERT_TRUE(load.WaitFor(IsRight));

  cluster.authority(0).Signal(SIGSTOP);
  EXPECT_TRUE(load.WaitFor(IsRight));
  absl::SleepFor(absl::Seconds(3));
  cluster.authority(0).Signal(SIGCONT);
  absl::SleepFor(absl::Seconds(4));

  // Now the first must do it alone.
  cluster.authority(1).Kill();
  EXPECT_TRUE(load.WaitFor(IsRight));
  absl::SleepFor(absl::Seconds(1));
  for (const Outcome& outcome : load.Stop()) {
    EXPECT_TRUE(IsRight(outcome)) << outcome.done << outcome.Describe() << cluster.frontend().Stderr();
    // Far below what a client waits before it asks elsewhere; generous, for a busy machine.
    EXPECT_LT(outcome.done - outcome.asked, absl::Seconds(3)) << "It waited for a process that hangs.";
  }
}

TEST(HungAuthorityTest, TheOnlyOneAnswersWhenItGoesOn) {
  Cluster cluster;
  cluster.WriteZone("hung.test", kZone);
  ASSERT_TRUE(cluster.StartAll());
  QueryLoad load({.port = cluster.port(), .name = "www.hung.test.", .timeout = absl::Seconds(8)});
  ASSERT_TRUE(load.WaitFor(IsRight));

  cluster.authority(0).Signal(SIGSTOP);
  EXPECT_TRUE(load.WaitFor([](const Outcome& o) { return o.answer.has_value() && !IsRight(o); }))
      << "A client must be told.";
  cluster.authority(0).Signal(SIGCONT);
  EXPECT_TRUE(load.WaitFor(IsRight));
  for (const Outcome& outcome : load.Stop()) {
    ASSERT_TRUE(outcome.answer.has_value());
    EXPECT_TRUE(IsRight(outcome) || outcome.answer->rcode == dns::rcode::kServFail) << outcome.Describe();
  }
}

}  // namespace
}  // namespace strata::tests
