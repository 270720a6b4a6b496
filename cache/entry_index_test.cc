// SPDX-License-Identifier: Apache-2.0
#include "cache/entry_index.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <random>

#include "gmock/gmock.h"

namespace strata::cache {

// The index does not look into entries.
struct Entry {
  uint64_t hash = 0;
};

namespace {

Entry* Find(const EntryIndex& index, uint64_t hash) {
  return index.Find(hash, [hash](const Entry& entry) { return entry.hash == hash; });
}

TEST(EntryIndexTest, WithoutBucketsHoldsNothing) {
  EntryIndex index(0);
  Entry entry;
  EXPECT_EQ(index.bytes(), 0u);
  EXPECT_FALSE(index.Insert(1, &entry));
  EXPECT_EQ(Find(index, 1), nullptr);
}

TEST(EntryIndexTest, HoldsWhatWasInsertedUntilItIsRemoved) {
  EntryIndex index(100);
  std::mt19937_64 random(1);
  std::deque<Entry> entries;
  const auto most = static_cast<size_t>(100 * EntryIndex::kBucketSlots * EntryIndex::kMaxLoad);
  size_t refused = 0;
  for (size_t i = 0; i < most; ++i) {
    entries.push_back({random()});
    if (index.Insert(entries.back().hash, &entries.back())) continue;
    ++refused;
    entries.pop_back();
  }
  EXPECT_LE(refused, most / 50);
  for (Entry& entry : entries) EXPECT_EQ(Find(index, entry.hash), &entry);
  for (size_t i = 0; i < entries.size(); i += 2) index.Remove(entries[i].hash, &entries[i]);
  for (size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(Find(index, entries[i].hash), i % 2 == 0 ? nullptr : &entries[i]);
  }
}

TEST(EntryIndexTest, KeysOfOneHashFillTwoBucketsAndNoMore) {
  EntryIndex index(1000);
  std::deque<Entry> entries(2 * EntryIndex::kBucketSlots + 1);
  const uint64_t hash = 0x123456789abcdef0;
  for (size_t i = 0; i + 1 < entries.size(); ++i) EXPECT_TRUE(index.Insert(hash, &entries[i]));
  EXPECT_FALSE(index.Insert(hash, &entries.back()));
  EXPECT_EQ(std::count(index.FirstBucket(hash).begin(), index.FirstBucket(hash).end(), nullptr), 0);
  for (const Entry& entry : entries) {
    Entry* const found = index.Find(hash, [&entry](const Entry& each) { return &each == &entry; });
    EXPECT_EQ(found, &entry == &entries.back() ? nullptr : &entry);
  }
}

TEST(EntryIndexTest, BucketsAreCacheLines) {
  EntryIndex index(3);
  EXPECT_EQ(index.bytes(), 4 * EntryIndex::kBucketBytes);
  EXPECT_EQ(index.bucket_count(), 3u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(index.BucketAt(i).size(), EntryIndex::kBucketSlots);
}

}  // namespace
}  // namespace strata::cache
