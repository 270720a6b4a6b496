// What a cache has done, and what it holds.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_STATISTICS_H_
#define STRATA_CACHE_CACHE_STATISTICS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace strata::cache {

// What became of a fill.
enum class FillOutcome : uint8_t {
  kStored,
  kFailure,          // remembered that there is no answer (RFC 9520)
  kNotCacheable,     // answered who waited, and was forgotten (cache_policy.h)
  kNoRoom,           // the same, as it is larger than the memory for it
  kWithoutLease,     // refused: the client's lease had ended, or never was
  kAnotherQuestion,  // refused: not an answer to what was leased
};
inline constexpr size_t kFillOutcomes = 6;

struct LeaseStatistics {
  uint64_t granted = 0;
  uint64_t renewed = 0;
  uint64_t expired = 0;     // not renewed in time
  uint64_t released = 0;    // given up, or their client's stream has ended
  uint64_t handovers = 0;   // of the two above: passed on to who had waited for longest
  uint64_t unleased = 0;    // misses without a lease, as there may be no more
  uint64_t unparkable = 0;  // misses without one, as there may be no more parked

  LeaseStatistics& operator+=(const LeaseStatistics& other) {
    granted += other.granted;
    renewed += other.renewed;
    expired += other.expired;
    released += other.released;
    handovers += other.handovers;
    unleased += other.unleased;
    unparkable += other.unparkable;
    return *this;
  }
};

struct StoreStatistics {
  uint64_t evictions = 0;  // for want of room, before their time
  uint64_t expired = 0;    // freed after it

  StoreStatistics& operator+=(const StoreStatistics& other) {
    evictions += other.evictions;
    expired += other.expired;
    return *this;
  }
};

struct CacheStatistics {
  // Of lookups, and of peeks.
  uint64_t hits = 0, misses = 0, parked = 0;
  uint64_t peek_hits = 0, peek_misses = 0;
  std::array<uint64_t, kFillOutcomes> fills{};
  uint64_t fill(FillOutcome outcome) const { return fills[static_cast<size_t>(outcome)]; }
  LeaseStatistics lease;
  StoreStatistics store;
  // Now.
  size_t entries = 0, bytes = 0, leases = 0, parked_now = 0;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_STATISTICS_H_
