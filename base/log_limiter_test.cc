// Tests of what is let through, what is counted, and what the lines say.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/log_limiter.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/fake_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::ContainsRegex;

TEST(LogLimiter, AdmitsSoManyAnInterval) {
  testing::FakeClock clock;
  LogLimiter limiter(2, absl::Seconds(1));
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 0);
  clock.Advance(absl::Milliseconds(999));
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 0);
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), std::nullopt);
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), std::nullopt);
  clock.Advance(absl::Milliseconds(1));
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 2);  // the two that were left out
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 0);
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), std::nullopt);
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 1);
}

TEST(LogLimiter, TheNextLineSaysHowManyWereSuppressed) {
  testing::FakeClock clock;
  LogLimiter limiter(1, absl::Seconds(1));
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 4; ++i) limiter.Log(clock.MonotonicNow(), LogLevel::kWarning, "broken", {{"i", i}});
  limiter.Log(clock.MonotonicNow(), LogLevel::kDebug, "below the lowest level");
  clock.Advance(absl::Seconds(1));
  limiter.Log(clock.MonotonicNow(), LogLevel::kWarning, "broken", {{"i", 4}});
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              ContainsRegex("^[^\n]* msg=broken i=0\n[^\n]* msg=broken i=4 suppressed=3\n$"));
}

TEST(LogLimiter, CountsEventsOfAllThreads) {
  testing::FakeClock clock;
  LogLimiter limiter(10, absl::Seconds(1));
  std::atomic<int> admitted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) admitted += limiter.Admit(clock.MonotonicNow()).has_value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(admitted, 10);
  clock.Advance(absl::Seconds(1));
  EXPECT_EQ(limiter.Admit(clock.MonotonicNow()), 3990);
}

}  // namespace
}  // namespace strata::base
