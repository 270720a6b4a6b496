// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/value.h"

#include <cstdint>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Value, KnowsItsKind) {
  EXPECT_TRUE(Value().failed());
  EXPECT_FALSE(Value::None().failed());
  EXPECT_TRUE(Value::Bool(true).IsInteger());
  EXPECT_TRUE(Value::Float(1.5).IsNumber());
  EXPECT_FALSE(Value::Float(1.5).IsInteger());
  EXPECT_EQ(Value::Int(-3).real(), -3.0);
  EXPECT_EQ(KindName(Kind::kBytes), "a bytes");
  EXPECT_EQ(KindName(Kind::kMethod), KindName(Kind::kFunction));
}

TEST(Value, RangesCountWithoutOverflow) {
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min(), kMax = std::numeric_limits<int64_t>::max();
  const struct {
    Range range;
    uint64_t count;
  } cases[] = {{{0, 0, 1}, 0},          {{0, 5, 2}, 3},         {{5, 0, 2}, 0},
               {{5, 0, -2}, 3},         {{0, 5, -1}, 0},        {{kMin, kMax, 1}, std::numeric_limits<uint64_t>::max()},
               {{kMax, kMin, kMin}, 2}, {{kMin, kMax, kMax}, 3}};
  for (const auto& c : cases) EXPECT_EQ(c.range.Count(), c.count) << c.range.start << ", " << c.range.step;
  EXPECT_EQ((Range{kMin, kMax, kMax}).At(2), kMax - 1);
}

}  // namespace
}  // namespace strata::zonec::pyzone
