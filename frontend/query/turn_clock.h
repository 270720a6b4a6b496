// The time, read at most once in each turn of a worker's loop.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_TURN_CLOCK_H_
#define STRATA_FRONTEND_QUERY_TURN_CLOCK_H_

#include "base/clock.h"

namespace strata::frontend {

// What is handled in one turn happens at one time. Not thread-safe.
class TurnClock {
 public:
  // `clock` outlives it.
  explicit TurnClock(const base::Clock& clock) : clock_(clock) {}

  base::MonotonicTime Now() {
    if (!fresh_) now_ = clock_.MonotonicNow();
    fresh_ = true;
    return now_;
  }
  // The next call of Now() reads the clock.
  void EndTurn() { fresh_ = false; }

 private:
  const base::Clock& clock_;
  base::MonotonicTime now_;
  bool fresh_ = false;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_TURN_CLOCK_H_
