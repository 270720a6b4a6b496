// What a worker counts of its stream connections.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_COUNTERS_H_
#define STRATA_FRONTEND_NET_STREAM_COUNTERS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/metrics.h"

namespace strata::frontend {

// Why a connection ended.
enum class CloseReason : uint8_t {
  kClient,       // the client closed it
  kIdle,         // no query for too long
  kSlow,         // a message that was begun did not come, or answers were not taken
  kEvicted,      // for one of another client, or for want of descriptors
  kClientLimit,  // for a newer one of the same client, which held as many as it may
  kMemory,       // it held the most of too many unsent octets
  kError,        // reset, or broken
  kDrained,      // the server leaves
  kNoQuery,      // what came was no query
};
inline constexpr size_t kCloseReasons = 9;
// For labels.
inline const char* CloseReasonName(CloseReason reason) {
  constexpr std::array<const char*, kCloseReasons> kNames = {"client", "idle",  "slow",    "evicted", "client_limit",
                                                             "memory", "error", "drained", "no_query"};
  return kNames[static_cast<size_t>(reason)];
}

// One thread writes, any may read (base/metrics.h).
struct alignas(base::kCacheLineSize) StreamCounters {
  base::Counter accepted;
  base::Gauge open;
  std::array<base::Counter, kCloseReasons> closed;  // by CloseReason
  base::Counter refused;                            // closed at once: all that could have made room had work
  base::Counter queries;                            // whole messages, of whatever kind
  base::Counter out_of_files;                       // accept() found no free descriptor
  base::Counter pauses;                             // a client was read no further until it had, or took, its answers
  base::Gauge held_octets;                          // unsent answers and unfinished messages, in our memory

  base::Counter& Closed(CloseReason reason) { return closed[static_cast<size_t>(reason)]; }
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_COUNTERS_H_
