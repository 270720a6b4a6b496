// Tests of what is learned from the times of answers.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/answer_times.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

void Record(AnswerTimes* times, int count, absl::Duration time) {
  for (int i = 0; i < count; ++i) times->Record(time);
}

TEST(AnswerTimesTest, BeginsPatient) {
  AnswerTimes times;
  EXPECT_EQ(times.patience(), AnswerTimes::kFirstPatience);
  Record(&times, 5, absl::Milliseconds(1));
  times.OnTick(absl::Seconds(1));
  EXPECT_EQ(times.patience(), AnswerTimes::kFirstPatience) << "five are too few to learn from";
}

TEST(AnswerTimesTest, WhatOneInAHundredExceeds) {
  AnswerTimes times;
  Record(&times, 980, absl::Milliseconds(3));
  Record(&times, 15, absl::Milliseconds(40));
  Record(&times, 5, absl::Seconds(1));
  times.OnTick(absl::Seconds(1));
  EXPECT_THAT(times.patience(), AllOf(Ge(absl::Milliseconds(40)), Le(absl::Milliseconds(50))));
}

TEST(AnswerTimesTest, TwiceTheMedianAtLeast) {
  AnswerTimes times;
  Record(&times, 1000, absl::Milliseconds(10));
  times.OnTick(absl::Seconds(1));
  EXPECT_THAT(times.patience(), AllOf(Ge(absl::Milliseconds(20)), Le(absl::Milliseconds(25))));
}

TEST(AnswerTimesTest, NeverHasty) {
  AnswerTimes times;
  Record(&times, 1000, absl::Microseconds(30));
  Record(&times, 10, absl::ZeroDuration());
  times.OnTick(absl::Seconds(1));
  EXPECT_EQ(times.patience(), AnswerTimes::kLeastPatience);
}

TEST(AnswerTimesTest, LearnsEachSecond) {
  AnswerTimes times;
  Record(&times, 1000, absl::Milliseconds(1));
  for (int i = 0; i < 9; ++i) times.OnTick(absl::Milliseconds(100));
  EXPECT_EQ(times.patience(), AnswerTimes::kFirstPatience);
  times.OnTick(absl::Milliseconds(100));
  EXPECT_LT(times.patience(), AnswerTimes::kFirstPatience);
}

TEST(AnswerTimesTest, ForgetsWhatWas) {
  AnswerTimes times;
  Record(&times, 1000, absl::Milliseconds(200));
  times.OnTick(absl::Seconds(1));
  EXPECT_GE(times.patience(), absl::Milliseconds(200));
  for (int i = 0; i < 10; ++i) {
    Record(&times, 1000, absl::Milliseconds(3));
    times.OnTick(absl::Seconds(1));
  }
  EXPECT_LE(times.patience(), absl::Milliseconds(10));
}

TEST(AnswerTimesTest, TakesAnyTime) {
  AnswerTimes times;
  for (int64_t time = 1; time > 0 && time < int64_t{1} << 50; time *= 2) Record(&times, 3, absl::Microseconds(time));
  times.Record(-absl::Seconds(1));
  times.OnTick(absl::Seconds(1));
  EXPECT_GE(times.patience(), absl::Seconds(10));
}

}  // namespace
}  // namespace strata::frontend
