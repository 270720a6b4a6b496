// A clock that stands still until a test moves it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TESTING_FAKE_CLOCK_H_
#define STRATA_BASE_TESTING_FAKE_CLOCK_H_

#include <chrono>
#include <mutex>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::base::testing {

// Thread-safe. Starts at 2026-01-01T00:00:00Z, and an hour of monotonic time.
class FakeClock final : public Clock {
 public:
  absl::Time Now() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return now_;
  }

  MonotonicTime MonotonicNow() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return monotonic_now_;
  }

  // Both clocks go on by `step`. REQUIRES: step >= 0.
  void Advance(absl::Duration step) {
    const std::lock_guard<std::mutex> lock(mutex_);
    now_ += step;
    monotonic_now_ += absl::ToChronoNanoseconds(step);
  }

  // Wall time jumps to `now`, as when an operator sets it; monotonic time stays.
  void SetWallTime(absl::Time now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    now_ = now;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_ = absl::FromUnixSeconds(1'767'225'600);
  MonotonicTime monotonic_now_{std::chrono::hours(1)};
};

}  // namespace strata::base::testing

#endif  // STRATA_BASE_TESTING_FAKE_CLOCK_H_
