// Tests of threads that do something at intervals.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/periodic_thread.h"

#include <atomic>
#include <optional>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(PeriodicThreadTest, WorksAgainAndAgainUntilItIsGone) {
  std::atomic<int> count = 0;
  {
    PeriodicThread thread;
    EXPECT_FALSE(thread.started());
    thread.Start("test", absl::Milliseconds(1), [&] { ++count; });
    EXPECT_TRUE(thread.started());
    while (count < 3) absl::SleepFor(absl::Milliseconds(1));
  }
  const int at_end = count;
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(count, at_end);
}

TEST(PeriodicThreadTest, EndsWithoutWaitingForTheInterval) {
  bool worked = false;
  std::optional<PeriodicThread> thread;
  thread.emplace().Start("test", absl::Hours(1), [&] { worked = true; });
  thread.reset();
  EXPECT_FALSE(worked);
}

TEST(PeriodicThreadTest, MayNeverBeStarted) { PeriodicThread thread; }

}  // namespace
}  // namespace strata::base
