// How many queries a backend may owe.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_IN_FLIGHT_LIMIT_H_
#define STRATA_FRONTEND_BACKENDS_IN_FLIGHT_LIMIT_H_

#include <algorithm>
#include <cstdint>

#include "absl/time/time.h"
#include "frontend/backends/silence_watch.h"

namespace strata::frontend {

// As many as the backend has answered lately in 100 ms, so that what is sent to it is answered in about that time,
// however slow it is. A backend that keeps up owes a hundredth of that. One that was idle, or answers little, is given
// two batches' worth all the same, and as fast as it answers more, it is given more (docs/decisions/0013).
class InFlightLimit {
 public:
  static constexpr uint32_t kLeast = 1024;

  void OnAnswer() { ++answers_; }

  // To be called every SilenceWatch::kTick, or later, with the time since the last call.
  void Tick(absl::Duration since_last) {
    const double periods = std::max(absl::FDivDuration(since_last, SilenceWatch::kTick), 1.0);
    last_answers_ = static_cast<uint32_t>(answers_ / periods);
    answers_ = 0;
  }

  uint32_t limit() const { return std::max({kLeast, answers_, last_answers_}); }

 private:
  uint32_t answers_ = 0;  // since the last tick
  uint32_t last_answers_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_IN_FLIGHT_LIMIT_H_
