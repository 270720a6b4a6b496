// Tells a backend that is slow from one that hangs.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_SILENCE_WATCH_H_
#define STRATA_FRONTEND_BACKENDS_SILENCE_WATCH_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/time/time.h"

namespace strata::frontend {

// Adds up for how long a backend has said nothing while it owed answers. Time in which this process did not run counts
// little: each tick counts for two ordinary ones at the most.
class SilenceWatch {
 public:
  static constexpr absl::Duration kTick = absl::Milliseconds(100);

  void OnAsked() {
    if (owed_++ == 0) silence_ = absl::ZeroDuration();
  }
  // An answer, or a query that was given up.
  void OnSettled() {
    if (owed_ > 0) --owed_;
  }
  // A query was answered by another backend. This one still owes its answer: it would look idle while it hangs.
  void OnForgotten() { ++forgotten_; }
  // An answer that nobody waits for.
  void OnStray() {
    uint32_t& forgotten = forgotten_before_ > 0 ? forgotten_before_ : forgotten_;
    if (forgotten == 0) return;
    --forgotten;
    OnSettled();
  }
  void OnAlive() { silence_ = absl::ZeroDuration(); }
  // The backend has gone or come: it owes nothing.
  void Reset() { *this = SilenceWatch(); }

  uint32_t owed() const { return owed_; }
  absl::Duration silence() const { return silence_; }

  // To be called every kTick, with the time since the last call. Returns the silence so far.
  absl::Duration Tick(absl::Duration since_last) {
    if (forgotten_ + forgotten_before_ > 0) Forgive(since_last);
    if (owed_ > 0) silence_ += std::min(since_last, 2 * kTick);
    return silence_;
  }

 private:
  // What nobody waits for is owed for so long at least, and twice that at most: it may never come.
  static constexpr absl::Duration kForgiveAfter = absl::Seconds(2);

  void Forgive(absl::Duration since_last) {
    since_forgiven_ += since_last;
    if (since_forgiven_ < kForgiveAfter) return;
    since_forgiven_ = absl::ZeroDuration();
    owed_ -= std::min(owed_, forgotten_before_);
    forgotten_before_ = std::exchange(forgotten_, 0);
  }

  uint32_t owed_ = 0;
  uint32_t forgotten_ = 0, forgotten_before_ = 0;  // of those that are owed: of this period and of the last
  absl::Duration since_forgiven_;
  absl::Duration silence_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_SILENCE_WATCH_H_
