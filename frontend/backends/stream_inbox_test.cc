// Tests of the way from streams to their worker.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/stream_inbox.h"

#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Keeps the numbers of what it is handed.
class Receiver : public StreamReceiver {
 public:
  void OnEvent(StreamEvent event) override { numbers.push_back(event.call); }
  std::vector<uint64_t> numbers;
};

class StreamInboxTest : public ::testing::Test {
 protected:
  void Post(uint64_t number) { inbox_.Post({&receiver_, StreamEvent::Kind::kUp, number, nullptr}); }

  base::EventLoop loop_;
  StreamInbox inbox_{&loop_};
  Receiver receiver_;
};

TEST_F(StreamInboxTest, KeepsTheOrder) {
  for (uint64_t i = 1; i <= 3; ++i) Post(i);
  inbox_.Deliver();
  EXPECT_THAT(receiver_.numbers, ElementsAre(1, 2, 3));
  inbox_.Deliver();
  EXPECT_THAT(receiver_.numbers, SizeIs(3)) << "each event comes once";
}

TEST_F(StreamInboxTest, WakesTheLoop) {
  for (size_t round = 1; round <= 3; ++round) {
    Post(1);
    Post(2);
    loop_.RunOnce(absl::InfiniteDuration());
    inbox_.Deliver();
    EXPECT_THAT(receiver_.numbers, SizeIs(2 * round));
  }
}

// However posts and deliveries interleave, no event is lost and no wake is missed.
TEST_F(StreamInboxTest, ManyThreadsPost) {
  constexpr int kThreads = 3;
  constexpr size_t kEach = 2000;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this] {
      for (size_t i = 0; i < kEach; ++i) Post(i);
    });
  }
  while (receiver_.numbers.size() < kThreads * kEach) {
    loop_.RunOnce(absl::InfiniteDuration());
    inbox_.Deliver();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(receiver_.numbers, SizeIs(kThreads * kEach));
}

}  // namespace
}  // namespace strata::frontend
