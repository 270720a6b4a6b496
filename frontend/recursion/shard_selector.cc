// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/shard_selector.h"

#include <xxhash.h>

#include <algorithm>
#include <numeric>

namespace strata::frontend {
namespace {

// The highest bits of the name's hash, since hash tables elsewhere use the lowest.
size_t SlotOf(uint64_t name_hash) { return name_hash >> 52; }
static_assert(ShardSelector::kSlots == size_t{1} << 12);

}  // namespace

ShardSelector::ShardSelector(const std::vector<std::string>& names)
    : shards_(std::min(names.size(), kMaxShards)), ranking_(kSlots * shards_) {
  std::vector<uint64_t> weights(shards_);
  for (size_t slot = 0; slot < kSlots; ++slot) {
    for (size_t i = 0; i < shards_; ++i) weights[i] = XXH3_64bits_withSeed(names[i].data(), names[i].size(), slot);
    const auto ranks = ranking_.begin() + static_cast<std::ptrdiff_t>(slot * shards_);
    std::iota(ranks, ranks + static_cast<std::ptrdiff_t>(shards_), uint8_t{0});
    std::sort(ranks, ranks + static_cast<std::ptrdiff_t>(shards_), [&](uint8_t a, uint8_t b) {
      return weights[a] != weights[b] ? weights[a] > weights[b] : names[a] < names[b];
    });
  }
}

int ShardSelector::Choose(uint64_t name_hash, uint64_t allowed) const {
  const uint8_t* ranks = ranking_.data() + SlotOf(name_hash) * shards_;
  for (size_t i = 0; i < shards_; ++i) {
    if ((allowed >> ranks[i] & 1) != 0) return ranks[i];
  }
  return -1;
}

}  // namespace strata::frontend
