// Tests of the way from streams to their worker.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/answer_inbox.h"

#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

StreamEvent Numbered(uint64_t number) { return {nullptr, StreamEvent::Kind::kUp, number, nullptr}; }

std::vector<uint64_t> Numbers(const std::vector<StreamEvent>& events) {
  std::vector<uint64_t> numbers;
  for (const StreamEvent& event : events) numbers.push_back(event.call);
  return numbers;
}

TEST(AnswerInboxTest, KeepsTheOrder) {
  base::EventLoop loop;
  AnswerInbox inbox(&loop);
  for (uint64_t i = 1; i <= 3; ++i) inbox.Post(Numbered(i));
  std::vector<StreamEvent> events;
  events.push_back(Numbered(99));
  inbox.TakeAll(&events);
  EXPECT_THAT(Numbers(events), ElementsAre(1, 2, 3));
  inbox.TakeAll(&events);
  EXPECT_THAT(events, IsEmpty());
}

TEST(AnswerInboxTest, WakesTheLoop) {
  base::EventLoop loop;
  AnswerInbox inbox(&loop);
  std::vector<StreamEvent> events;
  for (int round = 0; round < 3; ++round) {
    inbox.Post(Numbered(1));
    inbox.Post(Numbered(2));
    loop.RunOnce(absl::InfiniteDuration());
    inbox.TakeAll(&events);
    EXPECT_THAT(Numbers(events), ElementsAre(1, 2));
  }
}

// However posts and takes interleave, no event is lost and no wake is missed.
TEST(AnswerInboxTest, ManyThreadsPost) {
  constexpr int kThreads = 3;
  constexpr size_t kEach = 2000;
  base::EventLoop loop;
  AnswerInbox inbox(&loop);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (size_t i = 0; i < kEach; ++i) inbox.Post(Numbered(i));
    });
  }
  size_t taken = 0;
  std::vector<StreamEvent> events;
  while (taken < kThreads * kEach) {
    loop.RunOnce(absl::InfiniteDuration());
    inbox.TakeAll(&events);
    taken += events.size();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, kThreads * kEach);
}

}  // namespace
}  // namespace strata::frontend
