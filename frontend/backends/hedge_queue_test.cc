// Tests of the queue of what may become late.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/hedge_queue.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

base::MonotonicTime At(int ms) { return base::MonotonicTime(std::chrono::milliseconds(ms)); }

TEST(HedgeQueueTest, FirstInFirstOut) {
  HedgeQueue queue(4);
  EXPECT_TRUE(queue.empty());
  for (int round = 0; round < 5; ++round) {
    for (uint32_t i = 1; i <= 3; ++i) queue.Push(i, At(static_cast<int>(i)));
    for (uint32_t i = 1; i <= 3; ++i) {
      ASSERT_FALSE(queue.empty());
      EXPECT_EQ(queue.front().id, i);
      EXPECT_EQ(queue.front().at, At(static_cast<int>(i)));
      queue.Pop();
    }
    EXPECT_TRUE(queue.empty());
  }
}

TEST(HedgeQueueTest, WhatFindsNoRoomIsNotKept) {
  HedgeQueue queue(3);
  for (uint32_t i = 1; i <= 100; ++i) queue.Push(i, At(1));
  uint32_t kept = 0;
  for (; !queue.empty(); queue.Pop()) EXPECT_EQ(queue.front().id, ++kept);
  EXPECT_EQ(kept, 4u) << "the capacity, rounded up";
}

}  // namespace
}  // namespace strata::frontend
