// SPDX-License-Identifier: Apache-2.0
#include "cache/answer_cache.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <optional>

#include "base/random_octets.h"
#include "cache/answer_store.h"
#include "cache/cache_policy.h"
#include "cache/hashed_key.h"
#include "cache/lease_table.h"
#include "cache/token_source.h"
#include "dns/name.h"

namespace strata::cache {
namespace {

using Duration = base::MonotonicTime::duration;

// A part has room for many of the largest messages.
constexpr size_t kMinShardBytes = size_t{4} << 20;
constexpr size_t kMaxShards = 64;
// Of the whole cache: some 60 MB at most, beside Options::memory_bytes.
constexpr size_t kMaxLeases = 128 * 1024;
constexpr size_t kMaxParked = 256 * 1024;
// One part may have more than its share of those parked: a crowd wants one name.
constexpr size_t kMaxParkedPerKey = 8 * 1024;
constexpr size_t kMaxParkedPerShard = 16 * 1024;

// Extended errors (RFC 8914 §4).
constexpr uint16_t kStaleAnswer = 3, kCachedError = 13, kNotReady = 14, kStaleNxdomain = 19;

Duration ToMonotonic(absl::Duration duration) {
  return absl::ToChronoNanoseconds(std::clamp(duration, absl::ZeroDuration(), absl::Hours(24 * 365)));
}

uint32_t ToTtl(absl::Duration duration) {
  constexpr int64_t kMaxTtl = 0x7fffffff;
  return static_cast<uint32_t>(std::clamp<int64_t>(absl::ToInt64Seconds(duration), 0, kMaxTtl));
}

uint64_t RandomSecret() {
  uint64_t secret;
  base::FillWithRandomOctets(&secret, sizeof(secret));
  return secret;
}

// Whether the message answers what was leased.
bool Answers(const Assessment& assessment, const HashedKey& key) {
  return assessment.type == key.type && assessment.rr_class == key.rr_class &&
         dns::NamesEqual(assessment.name, key.name);
}

}  // namespace

// On cache lines of its own: shards are locked by different threads at once.
struct alignas(64) AnswerCache::Shard {
  Shard(const AnswerStore::Options& store_options, const LeaseTable::Limits& limits, uint8_t number)
      : store(store_options), leases(limits, number) {}

  // Stores what may be stored. `assessment` is of the message, and nullptr for a failure without one.
  FillOutcome Remember(const HashedKey& key, const Answer& answer, const Assessment* assessment,
                       base::MonotonicTime now, const Options& options);
  FillOutcome RememberFailure(const HashedKey& key, const Answer& answer, const Assessment* assessment,
                              base::MonotonicTime now, const Options& options);
  void Count(FillOutcome outcome) { ++fills[static_cast<size_t>(outcome)]; }

  mutable std::mutex mutex;  // guards all of the below
  AnswerStore store;
  LeaseTable leases;
  uint64_t hits = 0, misses = 0, parked = 0;
  uint64_t peek_hits = 0, peek_misses = 0;
  std::array<uint64_t, kFillOutcomes> fills{};
};

AnswerCache::AnswerCache(const Options& options, const base::Clock& clock)
    : options_(options), clock_(clock), secret_(RandomSecret()) {
  const size_t shards = std::clamp<size_t>(options.memory_bytes / kMinShardBytes, 1, kMaxShards);
  AnswerStore::Options store_options;
  store_options.memory_bytes = options.memory_bytes / shards;
  store_options.failure_memory = ToMonotonic(options.max_failure_ttl);
  LeaseTable::Limits limits;
  limits.lease = ToMonotonic(options.lease);
  limits.leases = kMaxLeases / shards;
  limits.parked = std::max(kMaxParked / shards, kMaxParkedPerShard);
  limits.parked_per_key = kMaxParkedPerKey;
  shards_.reserve(shards);
  for (size_t i = 0; i < shards; ++i) {
    shards_.push_back(std::make_unique<Shard>(store_options, limits, static_cast<uint8_t>(i)));
  }
}

AnswerCache::~AnswerCache() = default;

AnswerCache::Shard& AnswerCache::ShardOf(uint64_t name_hash) const {
  return *shards_[(name_hash >> 32) * shards_.size() >> 32];
}

AnswerCache::Shard* AnswerCache::ShardOf(const LeaseToken& token) const {
  const size_t part = TokenSource::PartOf(token);
  return part < shards_.size() ? shards_[part].get() : nullptr;
}

Reply AnswerCache::Lookup(CacheClient* client, uint32_t id, const Key& key, std::string* wire) {
  const KeyHasher hasher(secret_);
  const uint64_t name_hash = hasher.NameHash(*key.name);
  const HashedKey hashed = hasher.Hash(key, name_hash);
  Shard& shard = ShardOf(name_hash);
  shard.store.Prefetch(hashed.hash);
  const base::MonotonicTime now = clock_.MonotonicNow();
  Reply reply;
  reply.id = id;
  const std::lock_guard<std::mutex> lock(shard.mutex);
  if (shard.store.Find(hashed, now, wire, &reply.answer)) {
    ++shard.hits;
    reply.kind = Reply::Kind::kHit;
    return reply;
  }
  const LeaseTable::Admission admission = shard.leases.Admit(client, id, hashed, now, &reply.token);
  const bool is_parked = admission == LeaseTable::Admission::kParked;
  ++(is_parked ? shard.parked : shard.misses);
  reply.kind = is_parked ? Reply::Kind::kParked : Reply::Kind::kMiss;
  reply.has_token = admission == LeaseTable::Admission::kLeased;
  return reply;
}

Reply AnswerCache::Peek(const Key& key, std::string* wire) {
  const KeyHasher hasher(secret_);
  const uint64_t name_hash = hasher.NameHash(*key.name);
  const HashedKey hashed = hasher.Hash(key, name_hash);
  const base::MonotonicTime now = clock_.MonotonicNow();
  Reply reply;
  Shard& shard = ShardOf(name_hash);
  const std::lock_guard<std::mutex> lock(shard.mutex);
  const bool hit = shard.store.Find(hashed, now, wire, &reply.answer);
  ++(hit ? shard.peek_hits : shard.peek_misses);
  reply.kind = hit ? Reply::Kind::kHit : Reply::Kind::kMiss;
  return reply;
}

bool AnswerCache::Fill(CacheClient* client, const LeaseToken& token, const Answer& answer) {
  // All that is long is done before the lock is taken.
  std::optional<Assessment> assessment;
  std::string message;
  if (!answer.wire.empty()) {
    assessment = Assess(answer.wire, {ToTtl(options_.max_ttl), ToTtl(options_.max_negative_ttl)});
    if (assessment) {
      message.assign(answer.wire.data(), answer.wire.size());
      MakeServable(*assessment, &message);
    }
  }
  const bool makes_sense = answer.wire.empty() ? IsFailure(answer.rcode) : assessment.has_value();
  const base::MonotonicTime now = clock_.MonotonicNow();

  Shard* const token_shard = ShardOf(token);
  Shard& shard = token_shard != nullptr ? *token_shard : *shards_[0];
  const std::lock_guard<std::mutex> lock(shard.mutex);
  const HashedKey* const key = shard.leases.Find(client, token);
  if (key == nullptr) {
    shard.Count(FillOutcome::kWithoutLease);
    return false;
  }
  if (!makes_sense || (assessment && !Answers(*assessment, *key))) {
    shard.Count(FillOutcome::kAnotherQuestion);
    return false;
  }
  Answer served = answer;
  served.wire = message;
  shard.Count(shard.Remember(*key, served, assessment ? &*assessment : nullptr, now, options_));
  shard.leases.Fill(client, token, served);
  return true;
}

FillOutcome AnswerCache::Shard::RememberFailure(const HashedKey& key, const Answer& answer,
                                                const Assessment* assessment, base::MonotonicTime now,
                                                const Options& options) {
  // Whoever should have resolved it had no time: that is no failure of the name (RFC 9520 §2).
  if (answer.has_extended_error && answer.extended_error == kNotReady) return FillOutcome::kNotCacheable;
  Answer failure = answer;
  failure.wire = absl::string_view();
  if (assessment != nullptr) failure.rcode = assessment->rcode;
  if (!failure.has_extended_error) {
    failure.has_extended_error = true;
    failure.extended_error = kCachedError;
    failure.extended_error_text = absl::string_view();
  }
  // RFC 9520 §3.2.
  const Duration last = store.LastFailureLifetime(key, now);
  const Duration lifetime =
      std::min(std::max(2 * last, ToMonotonic(options.failure_ttl)), ToMonotonic(options.max_failure_ttl));
  if (lifetime == Duration::zero()) return FillOutcome::kNotCacheable;
  return store.Put(key, failure, {}, now, lifetime) ? FillOutcome::kFailure : FillOutcome::kNoRoom;
}

FillOutcome AnswerCache::Shard::Remember(const HashedKey& key, const Answer& answer, const Assessment* assessment,
                                         base::MonotonicTime now, const Options& options) {
  if (assessment == nullptr || assessment->kind == Assessment::Kind::kFailure) {
    return RememberFailure(key, answer, assessment, now, options);
  }
  const bool is_stale =
      answer.has_extended_error && (answer.extended_error == kStaleAnswer || answer.extended_error == kStaleNxdomain);
  if (assessment->kind == Assessment::Kind::kPass || is_stale) {
    if (!IsFailure(assessment->rcode)) store.Erase(key);  // the failure that may be there did not persist
    return FillOutcome::kNotCacheable;
  }
  const Duration lifetime = std::chrono::seconds(assessment->lifetime_seconds);
  return store.Put(key, answer, assessment->ttls, now, lifetime) ? FillOutcome::kStored : FillOutcome::kNoRoom;
}

void AnswerCache::Renew(CacheClient* client, const LeaseToken& token) {
  Shard* const shard = ShardOf(token);
  if (shard == nullptr) return;
  const base::MonotonicTime now = clock_.MonotonicNow();
  const std::lock_guard<std::mutex> lock(shard->mutex);
  shard->leases.Renew(client, token, now);
}

void AnswerCache::Release(CacheClient* client, const LeaseToken& token) {
  Shard* const shard = ShardOf(token);
  if (shard == nullptr) return;
  const base::MonotonicTime now = clock_.MonotonicNow();
  const std::lock_guard<std::mutex> lock(shard->mutex);
  shard->leases.Release(client, token, now);
}

// Parked lookups are called back under their shard's lock only: whoever was calling this client has returned when the
// lock is ours, and finds nothing of it afterwards.
void AnswerCache::Forget(CacheClient* client) {
  const base::MonotonicTime now = clock_.MonotonicNow();
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard<std::mutex> lock(shard->mutex);
    shard->leases.Forget(client, now);
  }
}

void AnswerCache::Tick() {
  const base::MonotonicTime now = clock_.MonotonicNow();
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard<std::mutex> lock(shard->mutex);
    shard->leases.Expire(now);
  }
}

CacheStatistics AnswerCache::statistics() const {
  CacheStatistics sum;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    const std::lock_guard<std::mutex> lock(shard->mutex);
    sum.hits += shard->hits;
    sum.misses += shard->misses;
    sum.parked += shard->parked;
    sum.peek_hits += shard->peek_hits;
    sum.peek_misses += shard->peek_misses;
    for (size_t i = 0; i < kFillOutcomes; ++i) sum.fills[i] += shard->fills[i];
    sum.lease += shard->leases.statistics();
    sum.store += shard->store.statistics();
    sum.entries += shard->store.entry_count();
    sum.bytes += shard->store.bytes();
    sum.leases += shard->leases.lease_count();
    sum.parked_now += shard->leases.parked_count();
  }
  return sum;
}

}  // namespace strata::cache
