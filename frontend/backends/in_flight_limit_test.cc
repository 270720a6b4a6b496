// Tests of how much a backend may owe.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/in_flight_limit.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr uint32_t kLeast = InFlightLimit::kLeast;

void AnswerMany(InFlightLimit* limit, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) limit->OnAnswer();
}

TEST(InFlightLimitTest, OneThatWasIdleMayOweSomeBatches) {
  InFlightLimit limit;
  EXPECT_EQ(limit.limit(), kLeast);
  limit.Tick(SilenceWatch::kTick);
  EXPECT_EQ(limit.limit(), kLeast);
}

TEST(InFlightLimitTest, MayOweWhatItAnswersInATick) {
  InFlightLimit limit;
  AnswerMany(&limit, 3 * kLeast);
  EXPECT_EQ(limit.limit(), 3 * kLeast) << "at once";
  limit.Tick(SilenceWatch::kTick);
  EXPECT_EQ(limit.limit(), 3 * kLeast);
  AnswerMany(&limit, 2 * kLeast);
  EXPECT_EQ(limit.limit(), 3 * kLeast) << "the tick is not over";
  limit.Tick(SilenceWatch::kTick);
  EXPECT_EQ(limit.limit(), 2 * kLeast);
  limit.Tick(SilenceWatch::kTick);
  EXPECT_EQ(limit.limit(), kLeast);
}

TEST(InFlightLimitTest, ALongTickIsSeveral) {
  InFlightLimit limit;
  AnswerMany(&limit, 6 * kLeast);
  limit.Tick(3 * SilenceWatch::kTick);
  EXPECT_EQ(limit.limit(), 2 * kLeast);
}

}  // namespace
}  // namespace strata::frontend
