// The names of a zone, each once, with those that lie above them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_NAME_TREE_H_
#define STRATA_ZONEC_SNAPSHOT_NAME_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/huge_pages.h"
#include "base/prefetch.h"
#include "dns/lookup_name.h"
#include "zonec/snapshot/arena.h"
#include "zonec/snapshot/format.h"

namespace strata::snapshot {

// Grows only. Node 0 is the root, and parents come before their children. Takes some 40 octets a name beside the name
// itself, and finds names by the hash of dns::LookupName. Not thread-safe.
class NameTree {
 public:
  using Id = uint32_t;

  NameTree();
  NameTree(NameTree&&) = default;
  NameTree& operator=(NameTree&&) = default;

  // The node of a valid wire-form name, in any case; made, with those above it, if it is new.
  Id Add(absl::string_view wire) { return AddBelow(wire, 0); }
  // The same for a name that is known to be `ancestor`'s or below it: takes time for the labels between them.
  Id AddBelow(absl::string_view wire, Id ancestor) {
    dns::LookupName name;
    Prepare(wire, ancestor, &name);
    return Add(name, ancestor);
  }

  // AddBelow() in steps, for callers who do something else while memory is fetched. First the name, then the hash that
  // it is searched by.
  void Prepare(absl::string_view wire, Id ancestor, dns::LookupName* name) const {
    name->AssignBelow(wire, nodes_[ancestor].size, nodes_[ancestor].hash);
  }
  // Each starts to fetch, into the processor's cache, what the next one reads.
  void PrefetchBucket(uint64_t hash) const;
  void PrefetchCandidate(uint64_t hash) const;
  void PrefetchCandidateName(uint64_t hash) const;
  // In the end, with the name that was prepared.
  Id Add(const dns::LookupName& name, Id ancestor);

  // kNone when the name has no node.
  Id Find(absl::string_view wire) const;
  // The name's node or else the nearest above it; the root if need be.
  Id FindEncloser(absl::string_view wire) const;

  // Frees memory. After that nothing can be added or found.
  void DropIndex() { buckets_ = {}; }

  size_t size() const { return nodes_.size(); }
  // In lower case. Valid as long as the tree is.
  absl::string_view name(Id id) const { return {nodes_[id].octets, nodes_[id].size}; }
  // Starts to fetch what is known of a name into the processor's cache.
  void Prefetch(Id id) const { base::Prefetch(&nodes_[id]); }
  Id parent(Id id) const { return nodes_[id].parent; }
  // As dns::LookupName::Hash().
  uint64_t hash(Id id) const { return nodes_[id].hash; }

 private:
  struct Node {
    const char* octets;
    uint64_t hash;
    Id parent;
    uint8_t size;
  };

  // The bucket of the name, or the empty one where it would go.
  size_t BucketOf(absl::string_view lower, uint64_t hash) const;
  // `lower` stays where it is.
  Id AddNode(absl::string_view lower, uint64_t hash, Id parent);
  void Rehash();

  Arena octets_;
  base::HugePageVector<Node> nodes_;
  // Open addressing as in the snapshot's index: a power of two, at most three quarters full.
  base::HugePageVector<Bucket> buckets_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_NAME_TREE_H_
