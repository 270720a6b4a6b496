// Tests of telling slow from hung.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/silence_watch.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kTick = SilenceWatch::kTick;

TEST(SilenceWatchTest, AddsUpWhileAnswersAreOwed) {
  SilenceWatch watch;
  EXPECT_EQ(watch.Tick(kTick), absl::ZeroDuration()) << "nothing is owed";
  watch.OnAsked();
  EXPECT_EQ(watch.Tick(kTick), kTick);
  EXPECT_EQ(watch.Tick(kTick), 2 * kTick);
  watch.OnSettled();
  watch.OnAsked();
  EXPECT_EQ(watch.Tick(kTick), kTick) << "the time counts from when it got work";
}

TEST(SilenceWatchTest, SignsOfLifeEndTheSilence) {
  SilenceWatch watch;
  watch.OnAsked();
  watch.OnAsked();
  for (int i = 0; i < 100; ++i) {
    EXPECT_LE(watch.Tick(kTick), 2 * kTick);
    if (i % 2 == 1) watch.OnAlive();
  }
}

// A process that was stopped must not take everybody else for hung.
TEST(SilenceWatchTest, TimeInWhichNobodyLookedCountsLittle) {
  SilenceWatch watch;
  watch.OnAsked();
  EXPECT_EQ(watch.Tick(absl::Hours(1)), 2 * kTick);
}

TEST(SilenceWatchTest, ResetForgives) {
  SilenceWatch watch;
  watch.OnAsked();
  watch.Tick(kTick);
  watch.Reset();
  EXPECT_EQ(watch.owed(), 0u);
  EXPECT_EQ(watch.Tick(kTick), absl::ZeroDuration());
  watch.OnSettled();
  EXPECT_EQ(watch.owed(), 0u) << "an answer of before";
}

TEST(SilenceWatchTest, WhatAnotherAnsweredIsStillOwed) {
  SilenceWatch watch;
  watch.OnAsked();
  watch.OnForgotten();
  EXPECT_EQ(watch.owed(), 1u);
  EXPECT_EQ(watch.Tick(kTick), kTick);
  watch.OnStray();
  EXPECT_EQ(watch.owed(), 0u);
  watch.OnAsked();
  watch.OnStray();
  EXPECT_EQ(watch.owed(), 1u) << "an answer that was not owed";
}

TEST(SilenceWatchTest, WhatNobodyWaitsForIsForgiven) {
  SilenceWatch watch;
  watch.OnAsked();
  watch.OnAsked();
  watch.OnForgotten();
  for (int i = 0; i < 19; ++i) watch.Tick(kTick);
  EXPECT_EQ(watch.owed(), 2u);
  for (int i = 0; i < 40; ++i) watch.Tick(kTick);
  EXPECT_EQ(watch.owed(), 1u) << "somebody waits for the other one";
}

}  // namespace
}  // namespace strata::frontend
