// Tests of who is ejected, for how long, and how it comes back.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/outlier_ejection.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kTick = absl::Milliseconds(100);

class OutlierEjectionTest : public ::testing::Test {
 protected:
  OutlierEjectionTest() { AddAll(4); }

  void AddAll(int count) {
    for (int i = 0; i < count; ++i) ejection_.Add();
  }
  void Good(int number, int count) {
    for (int i = 0; i < count; ++i) ejection_.OnGood(number);
  }
  void Bad(int number, uint32_t count = OutlierEjection::kBadInARow) {
    for (uint32_t i = 0; i < count; ++i) ejection_.OnBad(number);
  }
  // How long the first one stays ejected.
  absl::Duration TimeOfEjection() {
    absl::Duration time;
    for (; (ejection_.ejected() & 1) != 0; time += kTick) ejection_.OnTick(kTick);
    return time;
  }

  BackendMetrics metrics_;
  OutlierEjection ejection_{&metrics_};
};

TEST_F(OutlierEjectionTest, AllAreTrustedAtFirst) {
  EXPECT_EQ(ejection_.ejected(), 0u);
  EXPECT_EQ(ejection_.limited(), 0u);
}

TEST_F(OutlierEjectionTest, SeveralBadAnswersInARow) {
  Bad(1, OutlierEjection::kBadInARow - 1);
  Good(1, 1);
  Bad(1, OutlierEjection::kBadInARow - 1);
  EXPECT_EQ(ejection_.ejected(), 0u) << "a good one came between";
  Bad(1, 1);
  EXPECT_EQ(ejection_.ejected(), 0b10u);
  EXPECT_EQ(metrics_.ejections.value(), 1u);
  EXPECT_EQ(metrics_.ejected.value(), 1);
}

TEST_F(OutlierEjectionTest, LargerShareThanTheOthers) {
  for (int i = 0; i < 20; ++i) {
    for (int number = 0; number < 4; ++number) Good(number, 4);
    Bad(2, 1);
  }
  EXPECT_EQ(ejection_.ejected(), 0u);
  ejection_.OnTick(OutlierEjection::kWindow);
  EXPECT_EQ(ejection_.ejected(), 0b100u);
}

TEST_F(OutlierEjectionTest, WhatAllDoIsNobodysFault) {
  for (int i = 0; i < 100; ++i) {
    for (int number = 0; number < 4; ++number) {
      Good(number, 1);
      ejection_.OnTimeout(number);
    }
  }
  ejection_.OnTick(OutlierEjection::kWindow);
  EXPECT_EQ(ejection_.ejected(), 0u);
}

TEST_F(OutlierEjectionTest, FewAnswersTellNothing) {
  Good(0, 10);
  for (int i = 0; i < 5; ++i) ejection_.OnTimeout(0);
  ejection_.OnTick(OutlierEjection::kWindow);
  EXPECT_EQ(ejection_.ejected(), 0u);
  Good(0, 10);
  for (int i = 0; i < 5; ++i) ejection_.OnTimeout(0);
  ejection_.OnTick(OutlierEjection::kWindow);
  EXPECT_EQ(ejection_.ejected(), 0u) << "each second counts for itself";
}

TEST_F(OutlierEjectionTest, NeverMoreThanHalf) {
  for (int number = 0; number < 4; ++number) Bad(number);
  EXPECT_EQ(ejection_.ejected(), 0b11u);
  AddAll(1);
  Bad(4);
  EXPECT_EQ(ejection_.ejected(), 0b11u) << "half of five is two";
}

TEST_F(OutlierEjectionTest, TheOnlyOneNever) {
  OutlierEjection alone(&metrics_);
  alone.Add();
  for (int i = 0; i < 100; ++i) alone.OnBad(0);
  alone.OnHang(0);
  EXPECT_EQ(alone.ejected(), 0u);
}

TEST_F(OutlierEjectionTest, LongerEachTime) {
  Bad(0);
  EXPECT_EQ(TimeOfEjection(), OutlierEjection::kFirstEjection);
  // The one answer that it is asked for next is bad again.
  Bad(0, 1);
  EXPECT_EQ(TimeOfEjection(), 2 * OutlierEjection::kFirstEjection);
  for (int i = 0; i < 5; ++i) {
    Bad(0, 1);
    EXPECT_LE(TimeOfEjection(), OutlierEjection::kLongestEjection);
  }
  Bad(0, 1);
  EXPECT_EQ(TimeOfEjection(), OutlierEjection::kLongestEjection);
}

TEST_F(OutlierEjectionTest, BegunAnewAfterALongGoodTime) {
  Bad(0);
  TimeOfEjection();
  Bad(0, 1);
  TimeOfEjection();
  Good(0, OutlierEjection::kTrusted);
  ejection_.OnTick(OutlierEjection::kForgivenAfter + kTick);
  Bad(0);
  EXPECT_EQ(TimeOfEjection(), OutlierEjection::kFirstEjection);
}

TEST_F(OutlierEjectionTest, ComesBackSlowly) {
  ejection_.OnHang(0);
  TimeOfEjection();
  EXPECT_EQ(ejection_.limited(), 0b1u);
  EXPECT_EQ(ejection_.allowance(0), 1u);
  for (int i = 0; i < 20; ++i) ejection_.OnTick(kTick);
  EXPECT_EQ(ejection_.allowance(0), 1u) << "time alone proves nothing";
  Good(0, 1);
  EXPECT_EQ(ejection_.allowance(0), 2u);
  Good(0, 2);
  EXPECT_EQ(ejection_.allowance(0), 4u);
  for (int i = 0; i < 7; ++i) ejection_.OnTick(kTick);
  EXPECT_EQ(ejection_.limited(), 0b1u);
  ejection_.OnTick(kTick);
  EXPECT_EQ(ejection_.limited(), 0u) << "trusted within a second";
}

TEST_F(OutlierEjectionTest, AnswersAloneEarnTrust) {
  ejection_.OnUp(0);
  EXPECT_EQ(ejection_.limited(), 0b1u);
  Good(0, OutlierEjection::kTrusted);
  EXPECT_EQ(ejection_.limited(), 0u);
}

TEST_F(OutlierEjectionTest, WhoIsOnProbationHasOneTry) {
  ejection_.OnUp(0);
  Good(0, 3);
  Bad(0, 1);
  EXPECT_EQ(ejection_.ejected(), 0b1u);
}

}  // namespace
}  // namespace strata::frontend
