// Timers by the thousand, most of which never run out.
//
// c-ares has one timeout for a whole channel, doubles it by itself and looks through its queries for those that are
// due; a query here has a timeout of its own, and setting and cancelling it costs the same whatever else is running.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_TIMER_WHEEL_H_
#define STRATA_RECURSOR_NET_TIMER_WHEEL_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::recursor {

// To be derived from. Not copied or moved while it is set; cancels itself when it is destroyed.
class Timer {
 public:
  Timer() = default;
  virtual ~Timer() { Unlink(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // From within TimerWheel::Advance(). The timer is not set any more; it may be set again, and others set or cancelled.
  virtual void OnExpired() = 0;

  bool is_set() const { return link_ != nullptr; }

 private:
  friend class TimerWheel;
  void Unlink();

  Timer* next_ = nullptr;
  Timer** link_ = nullptr;  // what points to this one
  uint64_t tick_ = 0;
};

// A hashed wheel of 1 ms a slot, 16.4 s a round; timers that are further away stay in their slot for another round.
// Set and Cancel are O(1). Not thread-safe. Timers are cancelled, or gone, before the wheel is.
class TimerWheel {
 public:
  explicit TimerWheel(base::MonotonicTime now) : start_(now) {}
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // Never early, and up to 1 ms late. A timer that is set already is moved.
  void Set(Timer* timer, base::MonotonicTime when);
  static void Cancel(Timer* timer) { timer->Unlink(); }

  // Tells the timers that are due.
  void Advance(base::MonotonicTime now);

  // How long until Advance() may have something to do; infinite: no timer is set. Now and then a little short.
  absl::Duration UntilNext(base::MonotonicTime now) const;

 private:
  static constexpr size_t kSlots = 16384;  // a power of two
  static constexpr size_t kWords = kSlots / 64;

  uint64_t TickAtOrAfter(base::MonotonicTime time) const;
  uint64_t TickAtOrBefore(base::MonotonicTime time) const;
  void Push(Timer** list, Timer* timer);
  void TakeExpired(size_t slot, uint64_t now_tick);
  // The first slot in use at or after `slot`, cyclically, as a distance; kSlots: none.
  size_t DistanceToUsed(size_t slot) const;

  const base::MonotonicTime start_;
  uint64_t done_tick_ = 0;  // timers up to here have been told
  std::array<Timer*, kSlots> slots_{};
  // A bit for each slot that may have timers: cleared when the slot is next passed, not when its last one is cancelled.
  mutable std::array<uint64_t, kWords> used_{};
  Timer* expired_ = nullptr;  // being told
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_TIMER_WHEEL_H_
