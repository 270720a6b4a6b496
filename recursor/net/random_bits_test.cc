// Tests of the random bits: they spread as such bits do.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/random_bits.h"

#include <set>

#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

// 20000 of 65536: 17231 different ones are expected, with a standard deviation of 39.
TEST(RandomBits, NumbersAreSpreadOverAllSixteenBits) {
  RandomBits random;
  std::set<uint16_t> seen;
  for (int i = 0; i < 20000; ++i) seen.insert(random.U16());
  EXPECT_GT(seen.size(), 16800u);
  EXPECT_LT(seen.size(), 17700u);
  EXPECT_LT(*seen.begin(), 256);
  EXPECT_GT(*seen.rbegin(), 65279);
}

TEST(RandomBits, HalfOfTheBitsAreSet) {
  RandomBits random;
  int set = 0;
  int changes = 0;
  bool last = false;
  for (int i = 0; i < 40000; ++i) {
    const bool bit = random.Bit();
    set += bit;
    changes += bit != last;
    last = bit;
  }
  EXPECT_NEAR(set, 20000, 1000);  // ten standard deviations
  EXPECT_NEAR(changes, 20000, 1000);
}

TEST(RandomBits, TwoSourcesDiffer) {
  RandomBits a;
  RandomBits b;
  int same = 0;
  for (int i = 0; i < 1000; ++i) same += a.U16() == b.U16();
  EXPECT_LT(same, 5);
}

}  // namespace
}  // namespace strata::recursor
