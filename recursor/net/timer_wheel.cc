// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/timer_wheel.h"

#include <algorithm>
#include <bit>
#include <chrono>

namespace strata::recursor {

void Timer::Unlink() {
  if (link_ == nullptr) return;
  *link_ = next_;
  if (next_ != nullptr) next_->link_ = link_;
  next_ = nullptr;
  link_ = nullptr;
}

uint64_t TimerWheel::TickAtOrBefore(base::MonotonicTime time) const {
  if (time <= start_) return 0;
  return std::chrono::floor<std::chrono::milliseconds>(time - start_).count();
}

uint64_t TimerWheel::TickAtOrAfter(base::MonotonicTime time) const {
  if (time <= start_) return 0;
  return std::chrono::ceil<std::chrono::milliseconds>(time - start_).count();
}

void TimerWheel::Push(Timer** list, Timer* timer) {
  timer->next_ = *list;
  timer->link_ = list;
  if (*list != nullptr) (*list)->link_ = &timer->next_;
  *list = timer;
}

void TimerWheel::Set(Timer* timer, base::MonotonicTime when) {
  timer->Unlink();
  timer->tick_ = std::max(TickAtOrAfter(when), done_tick_ + 1);
  const size_t slot = timer->tick_ % kSlots;
  Push(&slots_[slot], timer);
  used_[slot / 64] |= uint64_t{1} << slot % 64;
}

void TimerWheel::TakeExpired(size_t slot, uint64_t now_tick) {
  for (Timer* timer = slots_[slot]; timer != nullptr;) {
    Timer* const next = timer->next_;
    if (timer->tick_ <= now_tick) {
      timer->Unlink();
      Push(&expired_, timer);
    }
    timer = next;
  }
  if (slots_[slot] == nullptr) used_[slot / 64] &= ~(uint64_t{1} << slot % 64);
}

void TimerWheel::Advance(base::MonotonicTime now) {
  const uint64_t now_tick = TickAtOrBefore(now);
  if (now_tick <= done_tick_) return;
  const size_t first = (done_tick_ + 1) % kSlots;
  const uint64_t passed = std::min<uint64_t>(now_tick - done_tick_, kSlots);
  done_tick_ = now_tick;
  for (uint64_t offset = 0; offset < passed; ++offset) {
    offset += DistanceToUsed((first + offset) % kSlots);
    if (offset < passed) TakeExpired((first + offset) % kSlots, now_tick);
  }
  while (expired_ != nullptr) {
    Timer* const timer = expired_;
    timer->Unlink();
    timer->OnExpired();
  }
}

size_t TimerWheel::DistanceToUsed(size_t slot) const {
  const size_t word = slot / 64;
  const uint64_t rest = used_[word] >> slot % 64;
  if (rest != 0) return static_cast<size_t>(std::countr_zero(rest));
  for (size_t i = 1; i <= kWords; ++i) {
    const uint64_t bits = used_[(word + i) % kWords];
    if (bits != 0) return i * 64 - slot % 64 + static_cast<size_t>(std::countr_zero(bits));
  }
  return kSlots;
}

absl::Duration TimerWheel::UntilNext(base::MonotonicTime now) const {
  for (uint64_t tick = done_tick_ + 1;;) {
    const size_t distance = DistanceToUsed(tick % kSlots);
    if (distance >= kSlots) return absl::InfiniteDuration();
    tick += distance;
    const size_t slot = tick % kSlots;
    if (slots_[slot] != nullptr) {
      const base::MonotonicTime due = start_ + std::chrono::milliseconds(tick);
      return std::max(absl::FromChrono(due - now), absl::ZeroDuration());
    }
    used_[slot / 64] &= ~(uint64_t{1} << slot % 64);
  }
}

}  // namespace strata::recursor
