// Who asks a cache, and in which terms.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_CLIENT_H_
#define STRATA_CACHE_CACHE_CLIENT_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "dns/lookup_name.h"

namespace strata::cache {

// What an answer is remembered under.
struct Key {
  const dns::LookupName* name = nullptr;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool dnssec_ok = false;
  bool checking_disabled = false;
  uint32_t partition = 0;
};

// Names a lease. Random, so that nobody fills what was not given to them.
using LeaseToken = std::array<char, 16>;

// A whole message without OPT; where `wire` is empty, an rcode.
struct Answer {
  absl::string_view wire;
  uint16_t rcode = 0;
  bool has_extended_error = false;
  uint16_t extended_error = 0;
  absl::string_view extended_error_text;
};

// The kinds are those of cache.v1.Reply, and mean the same.
struct Reply {
  enum class Kind { kHit, kMiss, kParked };
  Kind kind = Kind::kMiss;
  uint32_t id = 0;
  Answer answer;           // of a hit
  bool has_token = false;  // a miss may come with a lease
  LeaseToken token{};
};

// Whoever looks up: a stream, or a worker of the all-in-one server.
class CacheClient {
 public:
  virtual ~CacheClient() = default;
  // The second reply to a lookup that was parked: a hit or a miss. Called on whatever thread fills, releases or ticks,
  // while a lock is held: it queues a copy and returns, and must not call the cache.
  virtual void OnReply(const Reply& reply) = 0;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_CLIENT_H_
