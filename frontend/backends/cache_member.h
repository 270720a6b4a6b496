// One member of the cache tier as a worker sees it, be it at the end of a stream or in this process.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_CACHE_MEMBER_H_
#define STRATA_FRONTEND_BACKENDS_CACHE_MEMBER_H_

#include <array>
#include <cstdint>

#include "dns/lookup_name.h"
#include "frontend/backends/backend.h"

namespace strata::frontend {

// What is looked up. `name` outlives the call it is handed to.
struct CacheLookup {
  uint32_t id = 0;  // the caller's; replies bring it back
  const dns::LookupName* name = nullptr;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool dnssec_ok = false;
  bool checking_disabled = false;
};

// Names a lease (proto/cache/v1/cache.proto).
using LeaseToken = std::array<char, 16>;

// As in the protocol.
struct CacheReply {
  enum class Kind { kHit, kMiss, kParked, kRefused };
  Kind kind = Kind::kMiss;
  BackendAnswer answer;  // of a hit; its id is the lookup's, whatever the kind
  bool has_token = false;
  LeaseToken token{};
};

class CacheMember;

// What happens to a member. Called on the worker's thread only.
class CacheMemberEvents {
 public:
  virtual ~CacheMemberEvents() = default;
  // Perhaps for a lookup that was given up: the id tells. The views are good during the call.
  virtual void OnReply(CacheMember* member, const CacheReply& reply) = 0;
  // It lives, whether or not it has replies.
  virtual void OnAlive(CacheMember* member) = 0;
  virtual void OnUp(CacheMember* member) = 0;
  // As BackendEvents::OnServing().
  virtual void OnServing(CacheMember* member, bool serving) = 0;
  // Its leases and lookups are gone.
  virtual void OnDown(CacheMember* member) = 0;
};

// Used by its worker's thread only. Everything but up() REQUIRES up().
class CacheMember {
 public:
  virtual ~CacheMember() = default;

  virtual bool up() const = 0;
  // May wait until Flush(); the reply may come during the call.
  virtual void Lookup(const CacheLookup& lookup) = 0;
  // As Lookup(), but nothing is leased or parked: a hit, or a miss without a token.
  virtual void Peek(const CacheLookup& lookup) = 0;
  // `answer.id` comes back if the fill is refused.
  virtual void Fill(const LeaseToken& token, const BackendAnswer& answer) = 0;
  virtual void Renew(const LeaseToken& token) = 0;
  virtual void Release(const LeaseToken& token) = 0;
  virtual void Flush() = 0;
  // As Backend::Break().
  virtual void Break() = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_CACHE_MEMBER_H_
