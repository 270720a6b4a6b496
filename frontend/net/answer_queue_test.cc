// Tests of the queue of unsent octets.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/answer_queue.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

TEST(AnswerQueueTest, PartialWritesLoseNothing) {
  std::mt19937 random(1);
  AnswerQueue queue;
  std::string added, popped;
  for (int i = 0; i < 1000; ++i) {
    const std::string octets(random() % 700, static_cast<char>('a' + i % 26));
    queue.Add(octets);
    added += octets;
    const size_t count = random() % (queue.size() + 1);
    popped += std::string(queue.front().substr(0, count));
    queue.Pop(count);
    ASSERT_EQ(queue.empty(), queue.size() == 0);
    ASSERT_EQ(queue.size(), added.size() - popped.size());
  }
  popped += std::string(queue.front());
  queue.Pop(queue.size());
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(popped, added);
}

}  // namespace
}  // namespace strata::frontend
