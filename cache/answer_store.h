// Remembered answers within a bound of memory: one part (shard) of a cache.
//
// When memory is short, the answers that nobody asked for again go first: SIEVE, a queue in order of arrival through
// which a hand goes from the oldest to the newest, sparing whom was asked for since it last came by. A flood of names
// that are asked for once therefore evicts itself. A hit changes one bit and moves nothing. Expired answers are freed
// when they are looked up, when the hand finds them, and by a look at one bucket of the index for each arrival.
//
// Not thread-safe but for Prefetch().
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_ANSWER_STORE_H_
#define STRATA_CACHE_ANSWER_STORE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/clock.h"
#include "cache/cache_client.h"
#include "cache/cache_policy.h"
#include "cache/cache_statistics.h"
#include "cache/entry_index.h"
#include "cache/hashed_key.h"

namespace strata::cache {

class AnswerStore {
 public:
  struct Options {
    // Of entries, what malloc needs beside them, and their index.
    size_t memory_bytes = 0;
    // How long a failure is known to have been there after it has expired.
    base::MonotonicTime::duration failure_memory{};
  };

  explicit AnswerStore(const Options& options);
  ~AnswerStore();
  AnswerStore(const AnswerStore&) = delete;
  AnswerStore& operator=(const AnswerStore&) = delete;

  // To be called as early as the hash is known, on any thread and without a lock: the look-up then waits less for
  // memory.
  void Prefetch(uint64_t hash) const { index_.Prefetch(hash); }

  // Copies the answer of a key into `*memory` as it is now, its TTLs less by the whole seconds that it was kept for;
  // `*answer` views that. False when there is none that is alive.
  bool Find(const HashedKey& key, base::MonotonicTime now, std::string* memory, Answer* answer);

  // Takes the place of what the key had. `answer` has the key's question in lower case behind its header, and its TTLs
  // at `ttls`; or it is a failure. False when there is no room for something of that size.
  bool Put(const HashedKey& key, const Answer& answer, absl::Span<const TtlField> ttls, base::MonotonicTime now,
           base::MonotonicTime::duration lifetime);
  void Erase(const HashedKey& key);

  // How long the key's failure was remembered for, when there is one that has not expired for longer than
  // Options::failure_memory; else zero.
  base::MonotonicTime::duration LastFailureLifetime(const HashedKey& key, base::MonotonicTime now) const;

  size_t entry_count() const { return entry_count_; }
  size_t bytes() const { return index_.bytes() + entry_bytes_; }
  const StoreStatistics& statistics() const { return statistics_; }

 private:
  Entry* FindEntry(const HashedKey& key) const;
  bool IsFree(const Entry& entry, base::MonotonicTime now) const;
  bool MakeRoom(size_t bytes, base::MonotonicTime now);
  void SweepBucket(base::MonotonicTime now);
  void EvictOne(base::MonotonicTime now);
  void EvictFrom(absl::Span<Entry* const> full_bucket);
  void Link(Entry* entry);
  void Remove(Entry* entry);
  void RemoveExpired(Entry* entry);

  const Options options_;
  EntryIndex index_;
  const size_t max_entries_;
  size_t entry_count_ = 0;
  size_t entry_bytes_ = 0;
  StoreStatistics statistics_;
  size_t sweep_at_ = 0;  // bucket
  Entry* newest_ = nullptr;
  Entry* oldest_ = nullptr;
  Entry* hand_ = nullptr;  // nullptr: begins at the oldest
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_ANSWER_STORE_H_
