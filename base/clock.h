// Time as something that is handed in, so that tests can turn it.
//
// Two clocks: wall time (absl::Time, for people and for what is compared across machines) and monotonic time, for
// deadlines and lifetimes: it never jumps, and says nothing beyond this machine's uptime.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_CLOCK_H_
#define STRATA_BASE_CLOCK_H_

#include <chrono>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace strata::base {

// A point of monotonic time. absl::ToChronoNanoseconds and absl::FromChrono convert differences.
using MonotonicTime = std::chrono::steady_clock::time_point;

// Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
  virtual MonotonicTime MonotonicNow() const = 0;
};

// The system's clocks.
class RealClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
  MonotonicTime MonotonicNow() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace strata::base

#endif  // STRATA_BASE_CLOCK_H_
