// Tests of the time of a turn.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/turn_clock.h"

#include "base/testing/fake_clock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

TEST(TurnClockTest, StandsUntilTheTurnEnds) {
  base::testing::FakeClock clock;
  TurnClock turn(clock);
  const base::MonotonicTime began = turn.Now();
  EXPECT_EQ(began, clock.MonotonicNow());
  clock.Advance(absl::Seconds(1));
  EXPECT_EQ(turn.Now(), began);
  turn.EndTurn();
  EXPECT_EQ(turn.Now(), began + std::chrono::seconds(1));
}

}  // namespace
}  // namespace strata::frontend
