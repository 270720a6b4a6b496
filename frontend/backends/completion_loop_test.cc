// Tests of the wait for gRPC and sockets at once.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/completion_loop.h"

#include <grpcpp/alarm.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

// Counts how often it was ready.
class Source : public base::EventSource {
 public:
  explicit Source(base::EventLoop* loop) : loop_(*loop), fd_(eventfd(0, EFD_NONBLOCK)) {
    loop_.Add(fd_, EPOLLIN, this);
  }
  ~Source() override {
    loop_.Remove(fd_);
    close(fd_);
  }
  void Set() const {
    const uint64_t one = 1;
    EXPECT_EQ(write(fd_, &one, sizeof one), static_cast<ssize_t>(sizeof one));
  }
  void OnReady(uint32_t) override {
    uint64_t count = 0;
    EXPECT_EQ(read(fd_, &count, sizeof count), static_cast<ssize_t>(sizeof count));
    ++ready;
  }

  int ready = 0;

 private:
  base::EventLoop& loop_;
  const int fd_;
};

class CompletionLoopTest : public ::testing::Test {
 protected:
  // Far more than anything here takes, and far less than for ever.
  static constexpr absl::Duration kLong = absl::Seconds(60);

  template <typename Condition>
  void RunUntil(Condition done) {
    const absl::Time deadline = absl::Now() + kLong;
    while (!done() && absl::Now() < deadline) completions_.RunOnce(&loop_, kLong);
    EXPECT_LT(absl::Now(), deadline) << "slept through";
  }
  void SetAlarm(std::chrono::milliseconds after) {
    alarm_.Set(completions_.queue(), std::chrono::system_clock::now() + after, &tag_);
  }

  base::EventLoop loop_;
  CompletionLoop completions_;
  grpc::Alarm alarm_;
  int completed_ = 0;
  CompletionLoop::Completion tag_ = [this](bool ok) {
    completed_ += ok ? 1 : 0;
    return true;
  };
};

TEST_F(CompletionLoopTest, WakesForACompletionOfAnotherThread) {
  for (int round = 1; round <= 5; ++round) {
    SetAlarm(std::chrono::milliseconds(10));
    RunUntil([&] { return completed_ == round; });
  }
}

TEST_F(CompletionLoopTest, WakesForASource) {
  Source source(&loop_);
  for (int round = 1; round <= 5; ++round) {
    std::thread other([&] {
      absl::SleepFor(absl::Milliseconds(5));
      source.Set();
    });
    RunUntil([&] { return source.ready == round; });
    other.join();
  }
}

TEST_F(CompletionLoopTest, WakesForWake) {
  std::thread other([&] {
    absl::SleepFor(absl::Milliseconds(5));
    loop_.Wake();
  });
  const absl::Time began = absl::Now();
  while (absl::Now() - began < absl::Milliseconds(5)) completions_.RunOnce(&loop_, kLong);
  other.join();
  EXPECT_LT(absl::Now() - began, kLong);
}

TEST_F(CompletionLoopTest, NeitherStarvesTheOther) {
  Source source(&loop_);
  SetAlarm(std::chrono::milliseconds(0));
  source.Set();
  RunUntil([&] { return completed_ == 1 && source.ready == 1; });
}

TEST_F(CompletionLoopTest, ReturnsWhenTheTimeIsOver) {
  const absl::Time began = absl::Now();
  while (absl::Now() - began < absl::Milliseconds(20)) completions_.RunOnce(&loop_, absl::Milliseconds(20));
  EXPECT_LT(absl::Now() - began, kLong);
  EXPECT_EQ(completed_, 0);
}

// What was told something may have something to do: sleeping on would hold it up.
TEST_F(CompletionLoopTest, DoesNotSleepAfterACompletion) {
  SetAlarm(std::chrono::milliseconds(0));
  absl::SleepFor(absl::Milliseconds(20));
  const absl::Time began = absl::Now();
  while (completed_ == 0) completions_.RunOnce(&loop_, absl::InfiniteDuration());
  EXPECT_LT(absl::Now() - began, kLong);
}

TEST_F(CompletionLoopTest, EachThreadHasItsOwn) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      base::EventLoop loop;
      CompletionLoop completions;
      Source source(&loop);
      grpc::Alarm alarm;
      int completed = 0;
      CompletionLoop::Completion tag = [&](bool) { return ++completed > 0; };
      for (int round = 1; round <= 200; ++round) {
        alarm.Set(completions.queue(), std::chrono::system_clock::now(), &tag);
        source.Set();
        while (completed < round || source.ready < round) completions.RunOnce(&loop, kLong);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace strata::frontend
