// Tests of who owns a name: the laws of rendezvous hashing, and that its choice never changes.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/shard_selector.h"

#include <string>
#include <vector>

#include "dns/lookup_name.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr uint64_t kAll = ~uint64_t{0};

// One hash in each slot and a few more.
std::vector<uint64_t> Hashes() {
  std::vector<uint64_t> hashes;
  for (uint64_t i = 0; i < 20000; ++i) hashes.push_back(i * 0x9e3779b97f4a7c15);
  return hashes;
}

TEST(ShardSelectorTest, NobodyToChoose) {
  EXPECT_EQ(ShardSelector().Choose(1, kAll), -1);
  EXPECT_EQ(ShardSelector({"a", "b"}).Choose(1, 0), -1);
  EXPECT_EQ(ShardSelector({"a", "b"}).Choose(1, 4), -1) << "no shard of that number";
  EXPECT_EQ(ShardSelector({"a", "b"}).Choose(1, 2), 1);
}

TEST(ShardSelectorTest, SharesAreEven) {
  const ShardSelector selector({"a", "b", "c", "d"});
  std::vector<int> counts(4);
  for (const uint64_t hash : Hashes()) ++counts[selector.Choose(hash, kAll)];
  for (const int count : counts) EXPECT_NEAR(count, 5000, 500);
}

TEST(ShardSelectorTest, OrderOfTheListDoesNotMatter) {
  const std::vector<std::string> forth = {"a", "b", "c"}, back = {"c", "b", "a"};
  const ShardSelector one(forth), other(back);
  for (const uint64_t hash : Hashes()) EXPECT_EQ(forth[one.Choose(hash, kAll)], back[other.Choose(hash, kAll)]);
}

// Who leaves gives its names away, who joins takes some; nothing else moves. While one is away, its names have the
// owners that they would have without it.
TEST(ShardSelectorTest, LittleMoves) {
  const ShardSelector three({"a", "b", "c"}), four({"a", "b", "c", "d"});
  int moved = 0;
  for (const uint64_t hash : Hashes()) {
    const int before = three.Choose(hash, kAll), after = four.Choose(hash, kAll);
    if (before != after) {
      EXPECT_EQ(after, 3);
      ++moved;
    }
    EXPECT_EQ(four.Choose(hash, 7), before) << "d is away";
  }
  EXPECT_NEAR(moved, 5000, 500);
}

// Frontends of different releases share one cache tier: this is a promise across versions.
TEST(ShardSelectorTest, ChoicesAreForEver) {
  const ShardSelector selector({"cache-a", "cache-b", "cache-c", "cache-d", "cache-e"});
  std::string chosen;
  for (const char* name : {"example.com.", "www.example.com.", "a.test.", "b.test.", "c.test.", "d.test.", "."}) {
    chosen += static_cast<char>('a' + selector.Choose(dns::LookupName(testing::WireName(name)).Hash(), kAll));
  }
  EXPECT_EQ(chosen, "addedbc");
}

TEST(ShardSelectorTest, SixtyFourShards) {
  std::vector<std::string> names;
  for (int i = 0; i < 64; ++i) names.push_back(std::to_string(i));
  const ShardSelector selector(names);
  std::vector<int> counts(64);
  for (const uint64_t hash : Hashes()) ++counts[selector.Choose(hash, kAll)];
  for (const int count : counts) EXPECT_GT(count, 100);
}

}  // namespace
}  // namespace strata::frontend
