// Who owns a name among equals: rendezvous hashing.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_RECURSION_SHARD_SELECTOR_H_
#define STRATA_FRONTEND_RECURSION_SHARD_SELECTOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace strata::frontend {

// Ranks shards for each name by the highest hash of (shard, slot of the name): the first of the ranking owns the name,
// the next takes its place while it is away. A shard that joins or leaves moves the names that it gets or had, about
// one in n, and no others; the ranking depends on the shards' names only, not on their order, and is the same in every
// process, on every machine and in every release. Immutable, so thread-safe.
class ShardSelector {
 public:
  static constexpr size_t kSlots = 4096;
  static constexpr size_t kMaxShards = 64;

  // No shards.
  ShardSelector() = default;
  // Different names, at most kMaxShards.
  explicit ShardSelector(const std::vector<std::string>& names);

  // The best-ranked shard of the set `allowed` (bit i: the shard of number i as given) for a name of this hash; -1 when
  // the set is empty.
  int Choose(uint64_t name_hash, uint64_t allowed) const;

 private:
  size_t shards_ = 0;
  std::vector<uint8_t> ranking_;  // of each slot: the shards' numbers, best first
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_RECURSION_SHARD_SELECTOR_H_
