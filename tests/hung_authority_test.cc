// Whoever asks the only authority while it hangs is told so, and has answers when it goes on.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

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
