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

// Thread-safe and lock-free; fixed in size. See docs/decisions/0008-one-lock-free-table-of-rates.md.
//
// An account is a token bucket as one point of time, until when it is used up in advance (the "generic cell rate
// algorithm", ITU-T I.371): each use moves that point on by 1/rate, and may not move it more than a window beyond now.
// An account whose point has passed is a full one, which is the same as none. So an entry is 64 bits, changed by one
// compare-and-swap, and a use that is refused changes nothing.
//
// An account belongs to a set of eight entries, one cache line. Where all eight are in use, the one that is used up
// least is given away: an account that is limited stays, and what errs errs on the side of granting. Two accounts of a
// set are taken for one another once in 2^22.
class RateTable {
 public:
  // A point of time as the table counts it.
  static uint64_t TicksOf(base::MonotonicTime time);

  class Rate {
   public:
    // No limit.
    Rate() = default;
    // 1 <= per_second <= 1000000; 1 s <= window <= 1 h. In the worst case a rate is held to 2.4 % less.
    Rate(int per_second, absl::Duration window);
    bool unlimited() const { return interval_ == 0; }

   private:
    friend class RateTable;
    uint64_t interval_ = 0;  // ticks a use
    uint64_t window_ = 0;    // ticks
  };

  // `size` accounts, rounded up to a power of two and at least eight.
  explicit RateTable(size_t size);

  // Whether the account of this hash has something left. It is not used.
  bool HasCredit(uint64_t hash, const Rate& rate, uint64_t now) const;
  // Uses the account once, unless there is nothing left.
  bool Use(uint64_t hash, const Rate& rate, uint64_t now);

  // An account as a mere mark: set until some time from now, at most an hour.
  void Mark(uint64_t hash, absl::Duration duration, uint64_t now);
  bool IsMarked(uint64_t hash, uint64_t now) const;

 private:
  static constexpr size_t kWays = 8;
  struct alignas(64) Set {
    std::atomic<uint64_t> entries[kWays] = {};
  };

  const Set& SetOf(uint64_t hash) const { return sets_[hash >> shift_]; }

  int shift_;
  std::unique_ptr<Set[]> sets_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_RATE_TABLE_H_
