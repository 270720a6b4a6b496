// Accounts that refill at a rate, in one table that all threads share.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_RATE_TABLE_H_
#define STRATA_FRONTEND_POLICY_RATE_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::frontend {

// Uses of an account: so many a second; what is not used is saved up for the table's window. A plain value.
class Rate {
 public:
  static constexpr int kMaxPerSecond = 1'000'000;

  // No limit.
  Rate() = default;
  // 1 <= per_second <= kMaxPerSecond. Never held to more, and to 1 in 16'000 less at 1000 a second, growing with the
  // rate to 2.4 % at the highest one.
  explicit Rate(int per_second);

  bool unlimited() const { return interval_ == 0; }

 private:
  friend class RateTable;
  uint64_t interval_ = 0;  // ticks from one use to the next
};

// Thread-safe and lock-free; fixed in size; no allocation after the constructor. Why like this:
// docs/decisions/0008-one-lock-free-table-of-rates.md.
//
// An account is one point of time: until then it is used up in advance (the "generic cell rate algorithm" of ITU-T
// I.371, a token bucket in one number). A use moves the point on by 1/rate, at most to a window from now; one that is
// refused changes nothing, and is no write. An account whose point has passed is full, which is the same as none at
// all.
//
// So an entry is 64 bits, changed by compare-and-swap: a tag of 22 bits and the point in ticks of 64 ns, modulo 2^42
// (three days). Eight of them, a cache line, make up the set that an account's hash selects. When all eight are in use,
// the one used up least is given away: an account that is at its limit stays, and who is forgotten is granted more, not
// less. Two accounts of a set are taken for one another once in 2^22.
class RateTable {
 public:
  static constexpr absl::Duration kMaxWindow = absl::Minutes(1);

  // At least `size` accounts: a power of two, 16 or more. 0 < window <= kMaxWindow.
  RateTable(size_t size, absl::Duration window);

  // Threads may differ by up to a second in what time it is. `hash` is the account's, and all its bits count.

  // Whether the account has something left. Uses nothing.
  bool HasCredit(uint64_t hash, const Rate& rate, base::MonotonicTime now) const;
  // Uses the account once, if there is something left. REQUIRES: !rate.unlimited().
  bool Use(uint64_t hash, const Rate& rate, base::MonotonicTime now);

  // An account as a mere mark that stays until `duration` (at most the window) from now. A little less where it was set
  // a moment ago.
  void Mark(uint64_t hash, absl::Duration duration, base::MonotonicTime now);
  bool IsMarked(uint64_t hash, base::MonotonicTime now) const;

  size_t size() const { return set_count_ * kWays; }

 private:
  static constexpr size_t kWays = 8;
  struct alignas(64) Set {
    std::atomic<uint64_t> entries[kWays] = {};
  };
  // Where an account is, or would be.
  struct Place {
    size_t way = 0;
    uint64_t entry = 0;      // what is there now
    uint64_t remaining = 0;  // ticks until the account is full; 0 when it is not there
  };

  Set& SetOf(uint64_t hash) const { return sets_[hash >> shift_]; }
  uint64_t Remaining(uint64_t entry, uint64_t now) const;
  bool HasRoom(const Place& place, const Rate& rate) const;
  Place Find(const Set& set, uint64_t hash, uint64_t now) const;

  const uint64_t window_;  // ticks
  const size_t set_count_;
  const int shift_;
  const std::unique_ptr<Set[]> sets_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_RATE_TABLE_H_
