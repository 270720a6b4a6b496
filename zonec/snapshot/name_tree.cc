// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/name_tree.h"

namespace strata::snapshot {
namespace {

constexpr size_t kFirstBucketCount = 64;

// Where the search for a hash starts, and what tells most other names there apart.
size_t Start(uint64_t hash, size_t bucket_count) { return hash & (bucket_count - 1); }
uint32_t Tag(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }

}  // namespace

NameTree::NameTree() : buckets_(kFirstBucketCount, Bucket{0, kNone}) {
  const dns::LookupName root;
  AddNode(absl::string_view("\0", 1), root.Hash(), kNone);
}

size_t NameTree::BucketOf(absl::string_view lower, uint64_t hash) const {
  const size_t mask = buckets_.size() - 1;
  size_t at = Start(hash, buckets_.size());
  while (buckets_[at].node != kNone && (buckets_[at].tag != Tag(hash) || name(buckets_[at].node) != lower)) {
    at = (at + 1) & mask;
  }
  return at;
}

NameTree::Id NameTree::AddNode(absl::string_view lower, uint64_t hash, Id parent) {
  if ((nodes_.size() + 1) * 4 > buckets_.size() * 3) Rehash();
  const auto id = static_cast<Id>(nodes_.size());
  nodes_.push_back({lower.data(), hash, parent, static_cast<uint8_t>(lower.size())});
  buckets_[BucketOf(lower, hash)] = {Tag(hash), id};
  return id;
}

void NameTree::Rehash() {
  base::HugePageVector<Bucket> buckets(buckets_.size() * 2, Bucket{0, kNone});
  const size_t mask = buckets.size() - 1;
  for (Id id = 0; id < nodes_.size(); ++id) {
    size_t at = Start(nodes_[id].hash, buckets.size());
    while (buckets[at].node != kNone) at = (at + 1) & mask;
    buckets[at] = {Tag(nodes_[id].hash), id};
  }
  buckets_ = std::move(buckets);
}

void NameTree::PrefetchBucket(uint64_t hash) const { base::Prefetch(&buckets_[Start(hash, buckets_.size())]); }

void NameTree::PrefetchCandidate(uint64_t hash) const {
  const Id id = buckets_[Start(hash, buckets_.size())].node;
  if (id != kNone) base::Prefetch(&nodes_[id]);
}

void NameTree::PrefetchCandidateName(uint64_t hash) const {
  const Id id = buckets_[Start(hash, buckets_.size())].node;
  if (id != kNone) base::Prefetch(nodes_[id].octets);
}

NameTree::Id NameTree::Add(const dns::LookupName& lookup, Id ancestor) {
  // Down from the nearest name that is there.
  int missing = -1;
  Id id = kNone;
  while (id == kNone) {
    ++missing;
    id = missing == lookup.label_count() ? ancestor
                                         : buckets_[BucketOf(lookup.Suffix(missing), lookup.Hash(missing))].node;
  }
  if (missing == 0) return id;
  // The names above are the ends of this one.
  const absl::string_view lower(octets_.Copy(lookup.wire()), lookup.wire().size());
  while (missing-- > 0) {
    id = AddNode(lower.substr(lower.size() - lookup.Suffix(missing).size()), lookup.Hash(missing), id);
  }
  return id;
}

NameTree::Id NameTree::Find(absl::string_view wire) const {
  const dns::LookupName lookup(wire);
  return buckets_[BucketOf(lookup.wire(), lookup.Hash())].node;
}

NameTree::Id NameTree::FindEncloser(absl::string_view wire) const {
  const dns::LookupName lookup(wire);
  for (int skip = 0;; ++skip) {
    const Id id = buckets_[BucketOf(lookup.Suffix(skip), lookup.Hash(skip))].node;
    if (id != kNone) return id;
  }
}

}  // namespace strata::snapshot
