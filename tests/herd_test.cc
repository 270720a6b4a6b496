// Many clients ask for the same missing name at once: one upstream query serves them all, even if the one who asks
// dies.
//
// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/herd.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
constexpr int kFrontends = 4, kCaches = 4, kRecursors = 2;

// Slower than a herd comes, and faster than a recursor would ask again over UDP, which is another matter.
constexpr char kSlow[] = "slow-250.";

class HerdTest : public testing::Test {
 protected:
  static ClusterShape Shape(const Upstream& upstream) {
    ClusterShape shape;
    shape.authorities = 0;
    shape.frontends = kFrontends;
    shape.caches = kCaches;
    shape.recursors = kRecursors;
    shape.recursor_flags = {"--forward=" + upstream.address()};
    return shape;
  }

  static void ExpectRight(const std::vector<Herd::Answer>& answers, const std::string& name) {
    for (const Herd::Answer& answer : answers) {
      ASSERT_EQ(answer.message.rcode, dns::rcode::kNoError);
      ASSERT_EQ(answer.message.answer.size(), 1u);
      ASSERT_EQ(answer.message.answer[0].rdata, AddressOf(name));
    }
  }

  // A thousand clients, over all frontends.
  static void ExpectOneUpstreamQuery(const ClusterShape& shape, const Upstream& upstream) {
    Cluster cluster(shape);
    ASSERT_TRUE(cluster.StartAll());
    for (const char* rest : {"one.test.", "two.test.", "three.test."}) {
      const std::string name = absl::StrCat(kSlow, rest);
      Herd herd;
      for (int i = 0; i < kFrontends; ++i) herd.Ask(cluster.port(i), name, kA, 1000 / kFrontends);
      const std::vector<Herd::Answer> answers = herd.Collect(absl::Seconds(20));
      EXPECT_EQ(answers.size(), 1000u);
      ExpectRight(answers, name);
      EXPECT_EQ(upstream.Count(name, kA), 1);
    }
  }

  Upstream upstream_;
};

TEST_F(HerdTest, AThousandMissesAreOneUpstreamQuery) { ExpectOneUpstreamQuery(Shape(upstream_), upstream_); }

// Here it is not the recursor that joins them: half of the frontends know the one, and half the other.
TEST_F(HerdTest, EvenIfFrontendsDontShareARecursor) {
  ClusterShape shape = Shape(upstream_);
  shape.recursors_apart = true;
  ExpectOneUpstreamQuery(shape, upstream_);
}

TEST_F(HerdTest, TheLeaseOfAFrontendThatDiesGoesToAnother) {
  ClusterShape shape = Shape(upstream_);
  shape.recursors_apart = true;
  Cluster cluster(shape);
  ASSERT_TRUE(cluster.StartAll());
  for (int holder = 0; holder < kFrontends; ++holder) {
    const std::string name = absl::StrCat(kSlow, "round-", holder, ".test.");
    Herd first, others;
    first.Ask(cluster.port(holder), name, kA, 1);
    ASSERT_TRUE(upstream_.WaitForCount(name, kA, 1)) << "The only one that was asked resolves.";
    for (int i = 0; i < kFrontends; ++i) {
      if (i != holder) others.Ask(cluster.port(i), name, kA, 100);
    }
    absl::SleepFor(absl::Milliseconds(100));
    const absl::Time killed = absl::Now();
    cluster.frontend(holder).Kill();
    const std::vector<Herd::Answer> answers = others.Collect(absl::Seconds(20));
    EXPECT_EQ(answers.size(), 300u);
    ExpectRight(answers, name);
    // What the design promises, with an upstream that takes an eighth of it.
    for (const Herd::Answer& answer : answers) ASSERT_LT(answer.arrived - killed, absl::Seconds(2));
    EXPECT_LE(upstream_.Count(name, kA), 2);
    ASSERT_TRUE(cluster.StartFrontend(holder).WaitUntilReady());
    ASSERT_TRUE(cluster.WaitUntilConnected());
  }
}

}  // namespace
}  // namespace strata::tests
