// Tests that the real clock runs and the fake one obeys.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include "base/testing/fake_clock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(RealClock, NeverRunsBackwards) {
  const RealClock clock;
  const MonotonicTime before = clock.MonotonicNow();
  EXPECT_GE(clock.MonotonicNow(), before);
  EXPECT_GT(clock.Now(), absl::UnixEpoch());
}

TEST(FakeClock, StandsStillUntilMoved) {
  testing::FakeClock clock;
  const absl::Time wall = clock.Now();
  const MonotonicTime monotonic = clock.MonotonicNow();
  EXPECT_EQ(clock.Now(), wall);
  EXPECT_EQ(clock.MonotonicNow(), monotonic);

  clock.Advance(absl::Milliseconds(1500));
  EXPECT_EQ(clock.Now(), wall + absl::Milliseconds(1500));
  EXPECT_EQ(absl::FromChrono(clock.MonotonicNow() - monotonic), absl::Milliseconds(1500));
}

TEST(FakeClock, WallTimeJumpsAlone) {
  testing::FakeClock clock;
  const MonotonicTime monotonic = clock.MonotonicNow();
  clock.SetWallTime(absl::UnixEpoch());
  EXPECT_EQ(clock.Now(), absl::UnixEpoch());
  EXPECT_EQ(clock.MonotonicNow(), monotonic);
}

}  // namespace
}  // namespace strata::base
