// Where the entries are, by the hash of their keys: a hash table of fixed size.
//
// A hash names two buckets of a cache line each, and an entry is in one of them: a look-up touches two lines at most,
// whatever keys a stranger chooses, and nothing ever moves. In return an insertion can find both buckets full, which
// hardly happens below kMaxLoad. Not thread-safe but for Prefetch(), which reads nothing.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_ENTRY_INDEX_H_
#define STRATA_CACHE_ENTRY_INDEX_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "absl/types/span.h"
#include "base/prefetch.h"

namespace strata::cache {

struct Entry;

class EntryIndex {
 public:
  static constexpr size_t kBucketSlots = 7;
  static constexpr double kMaxLoad = 0.8;
  static constexpr size_t kBucketBytes = 64;

  // Without buckets it holds nothing.
  explicit EntryIndex(size_t bucket_count);

  // Fetches both buckets, at once and without waiting for them.
  void Prefetch(uint64_t hash) const {
    if (bucket_count_ == 0) return;
    base::Prefetch(&buckets_[First(hash)]);
    base::Prefetch(&buckets_[Second(hash)]);
  }
  // The entry of that hash for which `matches(const Entry&)`, or nullptr.
  template <typename Matches>
  Entry* Find(uint64_t hash, Matches matches) const {
    if (bucket_count_ == 0) return nullptr;
    Entry* const found = FindIn(buckets_[First(hash)], Tag(hash), matches);
    return found != nullptr ? found : FindIn(buckets_[Second(hash)], Tag(hash), matches);
  }
  // False when both buckets are full.
  bool Insert(uint64_t hash, Entry* entry);
  // REQUIRES: the entry was inserted with that hash.
  void Remove(uint64_t hash, const Entry* entry);

  // What a bucket holds; the places without an entry are nullptr.
  absl::Span<Entry* const> BucketAt(size_t bucket) const { return buckets_[bucket].entries; }
  absl::Span<Entry* const> FirstBucket(uint64_t hash) const { return BucketAt(First(hash)); }

  size_t bucket_count() const { return bucket_count_; }
  size_t bytes() const { return bucket_count_ == 0 ? 0 : (bucket_count_ + 1) * kBucketBytes; }

 private:
  struct Bucket {
    std::array<uint8_t, kBucketSlots + 1> tags;  // 0: no entry; the last one is never used
    std::array<Entry*, kBucketSlots> entries;
  };
  static_assert(sizeof(Bucket) == kBucketBytes);
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };

  // Bits that the choice of buckets hardly depends on.
  static uint8_t Tag(uint64_t hash) { return static_cast<uint8_t>(hash % 255 + 1); }
  size_t First(uint64_t hash) const { return (hash >> 32) * bucket_count_ >> 32; }
  size_t Second(uint64_t hash) const { return (hash & 0xffffffff) * bucket_count_ >> 32; }

  template <typename Matches>
  static Entry* FindIn(const Bucket& bucket, uint8_t tag, Matches matches) {
    for (uint64_t equal = EqualTags(bucket, tag); equal != 0; equal &= equal - 1) {
      Entry* const entry = bucket.entries[static_cast<size_t>(std::countr_zero(equal)) / 8];
      if (matches(*entry)) return entry;
    }
    return nullptr;
  }
  // Bit 7 of each octet says whether that tag is `tag`. Exact, since no octet carries into the next.
  static uint64_t EqualTags(const Bucket& bucket, uint8_t tag) {
    static_assert(std::endian::native == std::endian::little, "the first tag is taken to be the lowest octet");
    constexpr uint64_t kEach = 0x0101010101010101, kLow = 0x7f * kEach;
    uint64_t tags;
    std::memcpy(&tags, bucket.tags.data(), sizeof(tags));
    const uint64_t difference = tags ^ tag * kEach;
    return ~(((difference & kLow) + kLow) | difference | kLow);
  }
  static bool InsertInto(Bucket* bucket, uint8_t tag, Entry* entry);

  size_t bucket_count_;
  std::unique_ptr<void, Free> memory_;
  Bucket* buckets_ = nullptr;  // in memory_, at the start of a cache line
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_ENTRY_INDEX_H_
