// Tests of the line of queries that wait for room.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/waiting_line.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

const base::MonotonicTime kStart{std::chrono::hours(1)};

base::MonotonicTime After(absl::Duration time) { return kStart + absl::ToChronoNanoseconds(time); }

TEST(WaitingLineTest, FirstInFirstOutRoundAndRound) {
  WaitingLine line(3);
  EXPECT_TRUE(line.empty());
  uint32_t next = 1;
  uint32_t expected = 1;
  while (!line.full()) line.Add(next++, kStart);
  EXPECT_EQ(line.size(), 3u);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(line.first(), expected++);
    line.Pop();
    EXPECT_FALSE(line.full());
    line.Add(next++, kStart);
  }
  for (int i = 0; i < 3; ++i) line.Pop();
  EXPECT_TRUE(line.empty());
}

TEST(WaitingLineTest, LateIsWhoWaitedForMoreThanItsPatience) {
  WaitingLine line(2);
  line.Add(1, kStart);
  line.Add(2, After(absl::Milliseconds(1)));
  EXPECT_FALSE(line.first_is_late(After(WaitingLine::kPatience)));
  EXPECT_TRUE(line.first_is_late(After(WaitingLine::kPatience + absl::Milliseconds(1))));
  line.Pop();
  EXPECT_FALSE(line.first_is_late(After(WaitingLine::kPatience + absl::Milliseconds(1))));
}

}  // namespace
}  // namespace strata::frontend
