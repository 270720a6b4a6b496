// Tests of the timers: each runs out once, never early, in whatever order they were set.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/timer_wheel.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Alarm final : public Timer {
 public:
  void OnExpired() override {
    ++rang;
    if (then) then();
  }
  int rang = 0;
  std::function<void()> then;
};

class TimerWheelTest : public ::testing::Test {
 protected:
  base::MonotonicTime now_{seconds(1000)};
  TimerWheel wheel_{now_};
  Alarm alarm_;
};

TEST_F(TimerWheelTest, NeverEarlyAndAtMostAMillisecondLate) {
  wheel_.Set(&alarm_, now_ + microseconds(2500));
  wheel_.Advance(now_ + microseconds(2499));
  EXPECT_EQ(alarm_.rang, 0);
  EXPECT_TRUE(alarm_.is_set());
  EXPECT_EQ(wheel_.UntilNext(now_ + milliseconds(1)), absl::Milliseconds(2));
  wheel_.Advance(now_ + milliseconds(3));
  EXPECT_EQ(alarm_.rang, 1);
  EXPECT_FALSE(alarm_.is_set());
  wheel_.Advance(now_ + seconds(40));
  EXPECT_EQ(alarm_.rang, 1);
  EXPECT_EQ(wheel_.UntilNext(now_), absl::InfiniteDuration());
}

TEST_F(TimerWheelTest, ATimeThatIsOverRunsOutNext) {
  wheel_.Advance(now_ + seconds(2));
  wheel_.Set(&alarm_, now_ + seconds(1));
  wheel_.Advance(now_ + milliseconds(2001));
  EXPECT_EQ(alarm_.rang, 1);
}

TEST_F(TimerWheelTest, WhatIsCancelledOrMovedOrGoneDoesNotRunOut) {
  wheel_.Set(&alarm_, now_ + milliseconds(10));
  TimerWheel::Cancel(&alarm_);
  TimerWheel::Cancel(&alarm_);
  EXPECT_EQ(wheel_.UntilNext(now_), absl::InfiniteDuration());
  Alarm moved;
  wheel_.Set(&moved, now_ + milliseconds(10));
  wheel_.Set(&moved, now_ + milliseconds(20));
  auto gone = std::make_unique<Alarm>();
  wheel_.Set(gone.get(), now_ + milliseconds(10));
  gone.reset();
  wheel_.Advance(now_ + milliseconds(15));
  EXPECT_EQ(alarm_.rang + moved.rang, 0);
  wheel_.Advance(now_ + milliseconds(20));
  EXPECT_EQ(moved.rang, 1);
}

TEST_F(TimerWheelTest, FurtherThanARoundAndAfterALongSleep) {
  wheel_.Set(&alarm_, now_ + seconds(50));
  Alarm soon;
  wheel_.Set(&soon, now_ + seconds(50) - milliseconds(3 * 16384));  // the same slot
  wheel_.Advance(now_ + seconds(30));
  EXPECT_EQ(soon.rang, 1);
  EXPECT_EQ(alarm_.rang, 0);
  Alarm late;
  wheel_.Set(&late, now_ + seconds(45));
  wheel_.Advance(now_ + seconds(49));
  EXPECT_EQ(late.rang, 1);
  EXPECT_EQ(alarm_.rang, 0);
  wheel_.Advance(now_ + seconds(1000));
  EXPECT_EQ(alarm_.rang, 1);
}

TEST_F(TimerWheelTest, AnAlarmMaySetAndCancelOthersThatAreDue) {
  Alarm first;
  Alarm second;
  // Whichever comes first silences the other.
  first.then = [&] { TimerWheel::Cancel(&second); };
  second.then = [&] { TimerWheel::Cancel(&first); };
  wheel_.Set(&first, now_ + milliseconds(5));
  wheel_.Set(&second, now_ + milliseconds(5));
  alarm_.then = [&] { wheel_.Set(&alarm_, now_); };
  wheel_.Set(&alarm_, now_ + milliseconds(5));
  wheel_.Advance(now_ + milliseconds(5));
  EXPECT_EQ(first.rang + second.rang, 1);
  EXPECT_EQ(alarm_.rang, 1) << "once in a call, however soon it is set to";
  wheel_.Advance(now_ + milliseconds(6));
  EXPECT_EQ(alarm_.rang, 2);
  TimerWheel::Cancel(&alarm_);
}

// Against a model: a map from each timer to its time.
TEST_F(TimerWheelTest, ThousandsInAnyOrder) {
  std::mt19937 random(1);
  const auto up_to = [&](int n) { return static_cast<int>(random() % n); };
  std::vector<Alarm> alarms(2000);
  std::map<Alarm*, base::MonotonicTime> model;
  base::MonotonicTime now = now_;
  for (int step = 0; step < 3000; ++step) {
    for (int i = 0; i < 5; ++i) {
      Alarm* const alarm = &alarms[up_to(2000)];
      if (up_to(3) == 0) {
        TimerWheel::Cancel(alarm);
        model.erase(alarm);
      } else {
        model[alarm] = now + milliseconds(up_to(up_to(20) == 0 ? 40000 : 3000));
        wheel_.Set(alarm, model[alarm]);
      }
    }
    const absl::Duration until_next = wheel_.UntilNext(now);
    const absl::Duration slept = absl::Milliseconds(up_to(20));
    now += absl::ToChronoNanoseconds(slept);
    for (Alarm& alarm : alarms) alarm.rang = 0;
    wheel_.Advance(now);
    for (Alarm& alarm : alarms) {
      const auto it = model.find(&alarm);
      if (alarm.rang > 0) {
        ASSERT_NE(it, model.end());
        ASSERT_LE(it->second, now);
        ASSERT_GE(slept, until_next);
        model.erase(it);
      } else if (it != model.end()) {
        ASSERT_GE(it->second, now);
      }
    }
  }
  for (Alarm& alarm : alarms) TimerWheel::Cancel(&alarm);
}

}  // namespace
}  // namespace strata::recursor
