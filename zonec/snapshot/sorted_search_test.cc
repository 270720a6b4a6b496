// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/sorted_search.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

TEST(FirstBehindNearTest, FindsEveryPlaceFromEveryGuess) {
  for (uint32_t count = 1; count < 40; ++count) {
    for (uint32_t place = 0; place <= count; ++place) {
      const auto is_behind = [&](uint32_t i) {
        EXPECT_LT(i, count);
        return i >= place;
      };
      EXPECT_EQ(FirstBehind({0, count}, is_behind), place);
      for (uint32_t guess = 0; guess < count; ++guess) {
        EXPECT_EQ(FirstBehindNear(guess, count, is_behind), place) << count << " " << guess;
      }
    }
  }
}

TEST(FirstBehindNearTest, LooksAtFewWhereTheGuessIsGood) {
  int looks = 0;
  constexpr uint32_t kPlace = 500'000;
  const auto is_behind = [&](uint32_t i) {
    ++looks;
    return i >= kPlace;
  };
  EXPECT_EQ(FirstBehindNear(kPlace + 3, 1'000'000, is_behind), kPlace);
  EXPECT_LE(looks, 6);
  looks = 0;
  EXPECT_EQ(FirstBehindNear(0, 1'000'000, is_behind), kPlace);
  EXPECT_LE(looks, 42);
}

TEST(FirstBehindNearTest, EndsInAnUnsortedTable) {
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_LE(FirstBehindNear(random() % 50, 50, [&](uint32_t) { return random() % 2 == 0; }), 50u);
  }
}

TEST(GuessEvenlySpreadTest, IsNear) {
  std::mt19937 random(1);
  std::vector<uint32_t> keys(1'000'000);
  std::generate(keys.begin(), keys.end(), [&] { return static_cast<uint32_t>(random()); });
  std::sort(keys.begin(), keys.end());
  const auto key_at = [&](uint32_t i) { return keys.at(i); };
  double off = 0;
  constexpr int kRounds = 10'000;
  for (int i = 0; i < kRounds; ++i) {
    const auto key = static_cast<uint32_t>(random());
    const auto place = std::lower_bound(keys.begin(), keys.end(), key) - keys.begin();
    const uint32_t guess = GuessEvenlySpread(key, static_cast<uint32_t>(keys.size()), key_at);
    off += std::abs(static_cast<double>(guess) - static_cast<double>(place));
  }
  EXPECT_LT(off / kRounds, 10);
}

TEST(GuessEvenlySpreadTest, StaysInsideHoweverTheKeysLie) {
  for (const std::vector<uint32_t>& keys : {std::vector<uint32_t>{0}, std::vector<uint32_t>(100, 0xffffffff),
                                            std::vector<uint32_t>(100, 0), std::vector<uint32_t>{5, 6, 7}}) {
    for (const uint32_t key : {0u, 6u, 0x80000000u, 0xffffffffu}) {
      EXPECT_LT(GuessEvenlySpread(key, static_cast<uint32_t>(keys.size()), [&](uint32_t i) { return keys.at(i); }),
                keys.size());
    }
  }
}

}  // namespace
}  // namespace strata::snapshot
