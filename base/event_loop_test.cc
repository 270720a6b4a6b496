// Tests of the loop over descriptors.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/event_loop.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

class Source : public EventSource {
 public:
  void OnReady(uint32_t events) override {
    ++calls;
    last = events;
    if (then) then();
  }
  int calls = 0;
  uint32_t last = 0;
  std::function<void()> then;
};

class EventLoopTest : public ::testing::Test {
 protected:
  EventLoopTest() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds_), 0); }
  ~EventLoopTest() override {
    for (const int fd : fds_) close(fd);
  }

  EventLoop loop_;
  Source source_;
  int fds_[2];
};

TEST_F(EventLoopTest, TellsWhoIsReadyUntilItIsNot) {
  loop_.Add(fds_[0], EPOLLIN, &source_);
  loop_.RunOnce(absl::ZeroDuration());
  EXPECT_EQ(source_.calls, 0);
  ASSERT_EQ(write(fds_[1], "x", 1), 1);
  loop_.RunOnce(absl::InfiniteDuration());
  loop_.RunOnce(absl::InfiniteDuration());
  EXPECT_EQ(source_.calls, 2) << "level-triggered";
  EXPECT_EQ(source_.last, uint32_t{EPOLLIN});
  char octet;
  ASSERT_EQ(read(fds_[0], &octet, 1), 1);
  loop_.RunOnce(absl::ZeroDuration());
  EXPECT_EQ(source_.calls, 2);
}

TEST_F(EventLoopTest, ChangeAndRemove) {
  loop_.Add(fds_[0], EPOLLIN, &source_);
  loop_.Change(fds_[0], EPOLLOUT, &source_);
  loop_.RunOnce(absl::ZeroDuration());
  EXPECT_EQ(source_.last, uint32_t{EPOLLOUT});
  loop_.Remove(fds_[0]);
  loop_.RunOnce(absl::ZeroDuration());
  EXPECT_EQ(source_.calls, 1);
}

TEST_F(EventLoopTest, WakeEndsTheWait) {
  std::thread waker([this] { loop_.Wake(); });
  loop_.RunOnce(absl::InfiniteDuration());
  waker.join();
}

TEST_F(EventLoopTest, WakeIsRememberedOnce) {
  loop_.Wake();
  loop_.Wake();
  loop_.RunOnce(absl::InfiniteDuration());
  // Nothing is left over: this one waits for its source.
  loop_.Add(fds_[0], EPOLLIN, &source_);
  ASSERT_EQ(write(fds_[1], "x", 1), 1);
  loop_.RunOnce(absl::InfiniteDuration());
  EXPECT_EQ(source_.calls, 1);
}

TEST_F(EventLoopTest, ReturnsWhenTimeIsUp) {
  loop_.RunOnce(absl::Microseconds(10));
  loop_.RunOnce(absl::ZeroDuration());
}

}  // namespace
}  // namespace strata::base
