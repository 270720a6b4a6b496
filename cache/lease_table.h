// Who resolves what is missing, and who waits for it: one part (shard) of a cache.
//
// The first lookup of a missing key gets a lease on it, the next ones are parked behind it in order. The lease ends
// with a fill, which answers all of them. When its client gives it up, is gone or does not renew it in time, it passes
// with a new token to the oldest parked lookup of another client, and the others wait on. When there is none of another
// client, those parked get a miss without a token: a client that failed once is not asked again by its own lookups.
//
// A token is looked for by its hash, which is made of octets that are random, and counts for its client only. So a
// guess learns nothing from how long its refusal took, and constant-time comparison would add nothing.
//
// Not thread-safe. Calls CacheClient::OnReply from within.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_LEASE_TABLE_H_
#define STRATA_CACHE_LEASE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "base/clock.h"
#include "cache/cache_client.h"
#include "cache/cache_statistics.h"
#include "cache/hashed_key.h"
#include "cache/token_source.h"

namespace strata::cache {

struct Lease;

class LeaseTable {
 public:
  struct Limits {
    base::MonotonicTime::duration lease{};
    size_t leases = 0;
    size_t parked = 0;
    size_t parked_per_key = 0;
  };
  enum class Admission { kLeased, kParked, kRefused };

  // `part` goes into the tokens (token_source.h).
  LeaseTable(const Limits& limits, uint8_t part);
  ~LeaseTable();

  // Leases the key, with its token in `*token`, or parks the lookup; refuses when a limit is reached.
  Admission Admit(CacheClient* client, uint32_t id, const HashedKey& key, base::MonotonicTime now, LeaseToken* token);

  // The key of a client's lease, or nullptr. It is valid until the lease ends.
  const HashedKey* Find(const CacheClient* client, const LeaseToken& token) const;

  // These do nothing when the client has no such lease.
  void Fill(const CacheClient* client, const LeaseToken& token, const Answer& answer);
  void Renew(const CacheClient* client, const LeaseToken& token, base::MonotonicTime now);
  void Release(const CacheClient* client, const LeaseToken& token, base::MonotonicTime now);

  // Drops the client's parked lookups, and releases its leases. It is not called by this, nor after it.
  void Forget(const CacheClient* client, base::MonotonicTime now);
  // Hands over the leases whose time is over. Until then they hold.
  void Expire(base::MonotonicTime now);

  size_t lease_count() const { return active_.size(); }
  size_t parked_count() const { return parked_count_; }
  const LeaseStatistics& statistics() const { return statistics_; }

 private:
  struct ByKey {
    using is_transparent = void;
    size_t operator()(const Lease* lease) const;
    size_t operator()(const HashedKey& key) const;
    bool operator()(const Lease* a, const Lease* b) const { return a == b; }
    bool operator()(const Lease* lease, const HashedKey& key) const;
  };
  struct ByToken {
    using is_transparent = void;
    size_t operator()(const Lease* lease) const;
    size_t operator()(const LeaseToken& token) const;
    bool operator()(const Lease* a, const Lease* b) const { return a == b; }
    bool operator()(const Lease* lease, const LeaseToken& token) const;
  };

  Lease* FindLease(const CacheClient* client, const LeaseToken& token) const;
  void Give(Lease* lease, CacheClient* client, base::MonotonicTime now);
  void HandOver(Lease* lease, base::MonotonicTime now);
  void End(Lease* lease);

  const Limits limits_;
  TokenSource tokens_;
  // Each lease once: those given, the next to expire first, and those kept for their memory.
  std::list<Lease> active_, free_;
  absl::flat_hash_set<Lease*, ByKey, ByKey> by_key_;
  absl::flat_hash_set<Lease*, ByToken, ByToken> by_token_;
  size_t parked_count_ = 0;
  LeaseStatistics statistics_;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_LEASE_TABLE_H_
