// Tests of whom to ask.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_standing.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

constexpr BackendSet kAll = ~BackendSet{0};
constexpr absl::Duration kTick = SilenceWatch::kTick;
constexpr absl::Duration kHungAfter = absl::Milliseconds(500);

class BackendStandingTest : public ::testing::Test {
 protected:
  BackendStandingTest() {
    for (int i = 0; i < 4; ++i) standing_.Add(/*up=*/true);
  }
  void Ask(int number, int count) {
    for (int i = 0; i < count; ++i) standing_.OnAsked(number);
  }
  void Eject(int number) {
    for (uint32_t i = 0; i < OutlierEjection::kBadInARow; ++i) standing_.OnBad(number);
  }

  BackendStanding standing_;
};

TEST_F(BackendStandingTest, ThoseThatAreUp) {
  EXPECT_EQ(standing_.Best(kAll), 0b1111u);
  EXPECT_EQ(standing_.Best(0b0110), 0b0110u);
  standing_.OnDown(1);
  EXPECT_EQ(standing_.Best(0b0110), 0b0100u);
  EXPECT_EQ(standing_.Best(0b0010), 0u);
  EXPECT_EQ(standing_.metrics().up.value(), 3);
  EXPECT_EQ(standing_.metrics().lost.value(), 1u);
}

TEST_F(BackendStandingTest, LeastOwedTakesTurns) {
  EXPECT_EQ(standing_.LeastOwed(0b1111, 0), 0);
  EXPECT_EQ(standing_.LeastOwed(0b1111, 2), 2);
  Ask(2, 1);
  EXPECT_EQ(standing_.LeastOwed(0b1111, 2), 3);
  Ask(3, 1);
  EXPECT_EQ(standing_.LeastOwed(0b1111, 2), 0);
  Ask(0, 3);
  Ask(1, 2);
  EXPECT_EQ(standing_.LeastOwed(0b0011, 0), 1);
  standing_.OnSettled(0);
  standing_.OnSettled(0);
  EXPECT_EQ(standing_.LeastOwed(0b0011, 3), 0);
}

TEST_F(BackendStandingTest, DrainingOnesAreSpared) {
  standing_.OnServing(0, false);
  EXPECT_EQ(standing_.Best(kAll), 0b1110u);
  EXPECT_EQ(standing_.Best(0b0001), 0b0001u) << "better than nothing";
  EXPECT_EQ(standing_.metrics().draining.value(), 1);
  standing_.OnServing(0, true);
  EXPECT_EQ(standing_.Best(kAll), 0b1111u);
}

TEST_F(BackendStandingTest, EjectedOnesAreTheLastResort) {
  Eject(0);
  EXPECT_EQ(standing_.Best(kAll), 0b1110u);
  standing_.OnServing(1, false);
  EXPECT_EQ(standing_.Best(0b0011), 0b0010u) << "one that drains answers well";
  EXPECT_EQ(standing_.Best(0b0001), 0b0001u);
  standing_.Tick(OutlierEjection::kFirstEjection, kHungAfter);
  EXPECT_EQ(standing_.Best(0b1101), 0b1101u) << "it may show that it does better";
  Ask(0, 1);
  EXPECT_EQ(standing_.Best(0b1101), 0b1100u) << "by one answer at first";
}

TEST_F(BackendStandingTest, WhoWasAwayComesBackSlowly) {
  standing_.OnDown(0);
  standing_.OnUp(0);
  EXPECT_EQ(standing_.Best(kAll), 0b1111u);
  Ask(0, 1);
  EXPECT_EQ(standing_.Best(kAll), 0b1110u);
  EXPECT_EQ(standing_.Best(0b0001), 0b0001u) << "who else?";
  standing_.OnSettled(0);
  standing_.OnGood(0);
  Ask(0, 1);
  EXPECT_EQ(standing_.Best(kAll), 0b1111u) << "two, now";
}

TEST_F(BackendStandingTest, WhoBreaksUnderItsFirstQueryIsEjected) {
  standing_.OnDown(0);
  standing_.OnUp(0);
  standing_.OnDown(0);
  EXPECT_EQ(standing_.metrics().ejections.value(), 0u) << "it was asked nothing";
  standing_.OnUp(0);
  Ask(0, 1);
  standing_.OnDown(0);
  EXPECT_EQ(standing_.metrics().ejections.value(), 1u);
  standing_.OnUp(0);
  EXPECT_EQ(standing_.Best(kAll), 0b1110u);
}

TEST_F(BackendStandingTest, FirstConnectionIsTrusted) {
  standing_.Add(/*up=*/false);
  standing_.OnUp(4);
  Ask(4, 100);
  EXPECT_EQ(standing_.Best(kAll), 0b11111u);
}

TEST_F(BackendStandingTest, SilentOnes) {
  Ask(2, 1);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(standing_.Tick(kTick, kHungAfter), 0u);
  EXPECT_EQ(standing_.Tick(kTick, kHungAfter), 0b100u);
  standing_.OnAlive(2);
  EXPECT_EQ(standing_.Tick(kTick, kHungAfter), 0u);
  standing_.OnHang(2);
  EXPECT_EQ(standing_.Best(kAll), 0b1011u);
  EXPECT_EQ(standing_.metrics().hung.value(), 1u);
}

}  // namespace
}  // namespace strata::frontend
