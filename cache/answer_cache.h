// Remembered answers and the leases on those that are missing: a member of the cache tier, without its network.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_ANSWER_CACHE_H_
#define STRATA_CACHE_ANSWER_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "cache/cache_client.h"
#include "cache/cache_statistics.h"

namespace strata::cache {

// Thread-safe: its parts have locks of their own, chosen by the name's hash.
//
// Stored answers, with their index, never take more than Options::memory_bytes. Leases and parked lookups are bounded
// too: beyond, a lookup gets a miss without a token.
class AnswerCache {
 public:
  struct Options {
    size_t memory_bytes = size_t{256} << 20;
    absl::Duration max_ttl = absl::Hours(24);
    absl::Duration max_negative_ttl = absl::Hours(1);  // RFC 2308 §5
    // How long a failure is remembered, and the most that this doubles to while it persists (RFC 9520 §3.2).
    absl::Duration failure_ttl = absl::Seconds(1);
    absl::Duration max_failure_ttl = absl::Seconds(30);
    absl::Duration lease = absl::Seconds(1);
  };

  // `clock` outlives the cache.
  AnswerCache(const Options& options, const base::Clock& clock);
  ~AnswerCache();

  // `*wire` gets what the answer of a hit views: its message, with the TTLs counted down, and behind it the extended
  // error's text. `id` is for the later reply to a lookup that is parked. The client is known until Forget().
  Reply Lookup(CacheClient* client, uint32_t id, const Key& key, std::string* wire);
  // Leases and parks nothing.
  Reply Peek(const Key& key, std::string* wire);

  // What of an answer is a cacheable answer is told in cache_policy.h; a failure is, unless its extended error says
  // that the resolver was not ready (RFC 8914 §4.15). Everybody that is parked gets it, stored or not. False, and
  // nothing happens, when the client has no lease of that token, when the message's question is not its key, or when
  // there is neither a message nor the rcode of a failure.
  bool Fill(CacheClient* client, const LeaseToken& token, const Answer& answer);
  // Leases that are not the client's are left alone.
  void Renew(CacheClient* client, const LeaseToken& token);
  void Release(CacheClient* client, const LeaseToken& token);
  // The client is gone: its leases are released, its parked lookups are no more, and it is not called after this.
  void Forget(CacheClient* client);

  // Hands over leases that were not renewed; until then they hold. To be called every 100 ms or so.
  void Tick();

  CacheStatistics statistics() const;
  const Options& options() const { return options_; }

 private:
  struct Shard;

  Shard& ShardOf(uint64_t name_hash) const;
  Shard* ShardOf(const LeaseToken& token) const;

  const Options options_;
  const base::Clock& clock_;
  const uint64_t secret_;  // of the keys' hashes
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_ANSWER_CACHE_H_
