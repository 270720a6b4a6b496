// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/rate_table.h"

#include <algorithm>
#include <bit>

namespace strata::frontend {
namespace {

constexpr int kTickShift = 6;  // 64 ns
constexpr uint64_t kTicksPerSecond = 1'000'000'000 >> kTickShift;

constexpr int kPointBits = 42;
constexpr uint64_t kPointMask = (uint64_t{1} << kPointBits) - 1;

// How far beyond the window a point may be: half a use, and what the clocks of two threads may be apart.
constexpr uint64_t kMaxBeyond = kTicksPerSecond / 2 + kTicksPerSecond;

uint64_t TicksOf(base::MonotonicTime time) {
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch());
  return static_cast<uint64_t>(since.count()) >> kTickShift;
}

uint64_t TicksOf(absl::Duration duration) {
  return static_cast<uint64_t>(absl::ToInt64Nanoseconds(duration)) >> kTickShift;
}

// The low bits of a hash are the tag, the high ones the set.
uint64_t EntryOf(uint64_t hash, uint64_t point) { return hash << kPointBits | (point & kPointMask); }
bool SameTag(uint64_t entry, uint64_t hash) { return entry >> kPointBits == hash << kPointBits >> kPointBits; }

}  // namespace

Rate::Rate(int per_second) {
  const auto rate = static_cast<uint64_t>(std::clamp(per_second, 1, kMaxPerSecond));
  interval_ = (kTicksPerSecond + rate - 1) / rate;
}

RateTable::RateTable(size_t size, absl::Duration window)
    : window_(TicksOf(std::min(window, kMaxWindow))),
      set_count_(std::bit_ceil(std::max(size, 2 * kWays)) / kWays),
      shift_(64 - std::countr_zero(set_count_)),
      sets_(std::make_unique<Set[]>(set_count_)) {}

// A point further ahead than any could have been set is one of three days ago.
uint64_t RateTable::Remaining(uint64_t entry, uint64_t now) const {
  const uint64_t ahead = (entry - now) & kPointMask;
  return ahead <= window_ + kMaxBeyond ? ahead : 0;
}

RateTable::Place RateTable::Find(const Set& set, uint64_t hash, uint64_t now) const {
  Place found, least;
  bool is_there = false;
  least.remaining = kPointMask;
  for (size_t way = 0; way < kWays; ++way) {
    // Nothing else is read by way of an entry, so that no order is needed.
    const uint64_t entry = set.entries[way].load(std::memory_order_relaxed);
    const uint64_t remaining = Remaining(entry, now);
    // Twice there, when two threads have put it in at once: then the one that is used.
    if (SameTag(entry, hash) && (!is_there || remaining > found.remaining)) {
      is_there = true;
      found = {way, entry, remaining};
    }
    if (remaining < least.remaining) least = {way, entry, remaining};
  }
  if (is_there) return found;
  least.remaining = 0;
  return least;
}

// Half a use makes up for what the intervals of a whole window were rounded up by.
bool RateTable::HasRoom(const Place& place, const Rate& rate) const {
  return place.remaining + rate.interval_ / 2 <= window_;
}

bool RateTable::HasCredit(uint64_t hash, const Rate& rate, base::MonotonicTime now) const {
  return rate.unlimited() || HasRoom(Find(SetOf(hash), hash, TicksOf(now)), rate);
}

bool RateTable::Use(uint64_t hash, const Rate& rate, base::MonotonicTime now) {
  const uint64_t ticks = TicksOf(now);
  Set& set = SetOf(hash);
  for (;;) {
    Place place = Find(set, hash, ticks);
    if (!HasRoom(place, rate)) return false;
    const uint64_t entry = EntryOf(hash, ticks + place.remaining + rate.interval_);
    // Fails when another thread has used the entry, which it can do no more often than the window allows.
    if (set.entries[place.way].compare_exchange_weak(place.entry, entry, std::memory_order_relaxed)) return true;
  }
}

void RateTable::Mark(uint64_t hash, absl::Duration duration, base::MonotonicTime now) {
  const uint64_t ticks = TicksOf(now);
  const uint64_t length = std::min(TicksOf(duration), window_);
  Set& set = SetOf(hash);
  Place place = Find(set, hash, ticks);
  // Under attack it is set again with each packet: that must not be a write that all threads wait for.
  if (place.remaining > length - length / 8) return;
  // Another thread has set it, or some other entry: then the next time will do.
  set.entries[place.way].compare_exchange_strong(place.entry, EntryOf(hash, ticks + length), std::memory_order_relaxed);
}

bool RateTable::IsMarked(uint64_t hash, base::MonotonicTime now) const {
  return Find(SetOf(hash), hash, TicksOf(now)).remaining > 0;
}

}  // namespace strata::frontend
