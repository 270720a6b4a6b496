// SPDX-License-Identifier: Apache-2.0
#include "cache/entry_index.h"

#include <algorithm>
#include <new>

namespace strata::cache {

// calloc gives large memory as the kernel maps it: nothing is resident before it is used.
EntryIndex::EntryIndex(size_t bucket_count) : bucket_count_(bucket_count) {
  if (bucket_count_ == 0) return;
  size_t size = bytes();
  memory_.reset(std::calloc(size, 1));
  void* aligned = memory_.get();
  if (aligned == nullptr || std::align(kBucketBytes, bucket_count_ * kBucketBytes, aligned, size) == nullptr) {
    throw std::bad_alloc();  // as any other container would; nobody catches it
  }
  buckets_ = static_cast<Bucket*>(aligned);
}

bool EntryIndex::InsertInto(Bucket* bucket, uint8_t tag, Entry* entry) {
  for (size_t i = 0; i < kBucketSlots; ++i) {
    if (bucket->tags[i] != 0) continue;
    bucket->tags[i] = tag;
    bucket->entries[i] = entry;
    return true;
  }
  return false;
}

bool EntryIndex::Insert(uint64_t hash, Entry* entry) {
  if (bucket_count_ == 0) return false;
  Bucket* emptier = &buckets_[First(hash)];
  Bucket* fuller = &buckets_[Second(hash)];
  const auto free_slots = [](const Bucket& bucket) {
    return std::count(bucket.entries.begin(), bucket.entries.end(), nullptr);
  };
  if (free_slots(*emptier) < free_slots(*fuller)) std::swap(emptier, fuller);
  return InsertInto(emptier, Tag(hash), entry);
}

void EntryIndex::Remove(uint64_t hash, const Entry* entry) {
  for (Bucket* bucket : {&buckets_[First(hash)], &buckets_[Second(hash)]}) {
    const auto found = std::find(bucket->entries.begin(), bucket->entries.end(), entry);
    if (found == bucket->entries.end()) continue;
    bucket->tags[static_cast<size_t>(found - bucket->entries.begin())] = 0;
    *found = nullptr;
    return;
  }
}

}  // namespace strata::cache
