// Tests of how long connections may wait.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_timers.h"

#include "base/testing/fake_clock.h"
#include "gtest/gtest.h"

namespace strata::frontend {

// Stands for the real one, which is known by its address only.
class StreamConnection {
 public:
  StreamTimers::Place place{this};
};

namespace {

class StreamTimersTest : public ::testing::Test {
 protected:
  void Await(StreamConnection* connection, StreamTimers::Wait wait, bool anew = true) {
    timers_.AwaitInput(&connection->place, wait, anew, clock_.MonotonicNow());
  }
  void Output(StreamConnection* connection, size_t unsent, size_t taken) {
    timers_.AwaitOutput(&connection->place, unsent, taken, clock_.MonotonicNow());
  }
  StreamConnection* TooIdle() { return timers_.TooIdle(limits_, clock_.MonotonicNow()); }
  StreamConnection* TooSlow() { return timers_.TooSlow(limits_, clock_.MonotonicNow()); }

  StreamTimers::Limits limits_{
      .query = absl::Seconds(4), .promise = absl::Seconds(8), .message = absl::Seconds(3), .answers = absl::Seconds(6)};
  base::testing::FakeClock clock_;
  StreamTimers timers_;
  StreamConnection a_, b_;
};

TEST_F(StreamTimersTest, FirstThatWaitedTooLong) {
  EXPECT_EQ(TooIdle(), nullptr);
  Await(&a_, StreamTimers::kQuery);
  clock_.Advance(absl::Seconds(2));
  Await(&b_, StreamTimers::kQuery);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(TooIdle(), nullptr) << "not a moment too early";
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(TooIdle(), &a_);
  Await(&a_, StreamTimers::kQuery);
  EXPECT_EQ(TooIdle(), nullptr);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(TooIdle(), &b_);
  timers_.Remove(&b_.place);
  EXPECT_EQ(TooIdle(), nullptr);
}

TEST_F(StreamTimersTest, WaitingOnIsNotWaitingAnew) {
  Await(&a_, StreamTimers::kQuery);
  clock_.Advance(absl::Seconds(3));
  Await(&a_, StreamTimers::kQuery, /*anew=*/false);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(TooIdle(), &a_);
  Await(&a_, StreamTimers::kNothing, /*anew=*/false);
  EXPECT_EQ(TooIdle(), nullptr);
  Await(&a_, StreamTimers::kQuery, /*anew=*/false);
  EXPECT_EQ(TooIdle(), nullptr) << "it waited for nothing in between";
}

TEST_F(StreamTimersTest, PromiseIsKept) {
  Await(&a_, StreamTimers::kPromise);
  Await(&b_, StreamTimers::kQuery);
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(TooIdle(), &b_);
  timers_.Remove(&b_.place);
  EXPECT_EQ(TooIdle(), nullptr);
  clock_.Advance(absl::Seconds(4));
  EXPECT_EQ(TooIdle(), &a_);
}

TEST_F(StreamTimersTest, MessageThatDoesNotCome) {
  Await(&a_, StreamTimers::kMessage);
  for (int i = 0; i < 3; ++i) {
    clock_.Advance(absl::Seconds(1));
    Await(&a_, StreamTimers::kMessage, /*anew=*/false);
    EXPECT_EQ(TooSlow(), nullptr);
  }
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(TooSlow(), &a_);
  EXPECT_EQ(TooIdle(), nullptr);
}

TEST_F(StreamTimersTest, AnswersThatAreNotTaken) {
  Output(&a_, 1000, 0);
  clock_.Advance(absl::Seconds(5));
  Output(&a_, 999, 1);  // an octet is no progress
  Output(&a_, 5000, 0);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(TooSlow(), &a_);
  Output(&a_, 4001, 999);
  EXPECT_EQ(TooSlow(), nullptr) << "all that waited at first";
  clock_.Advance(absl::Seconds(7));
  EXPECT_EQ(TooSlow(), &a_);
  Output(&a_, 0, 4001);
  EXPECT_EQ(TooSlow(), nullptr);
}

TEST_F(StreamTimersTest, ModemMayTakeItsTimeForALargeAnswer) {
  size_t unsent = 1 << 20;
  Output(&a_, unsent, 0);
  while (unsent > 0) {
    clock_.Advance(absl::Seconds(5));
    EXPECT_EQ(TooSlow(), nullptr);
    unsent -= StreamTimers::kMinTaken;
    Output(&a_, unsent, StreamTimers::kMinTaken);
  }
}

}  // namespace
}  // namespace strata::frontend
