// Octets that stay where they are until all go together.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ARENA_H_
#define STRATA_ZONEC_SNAPSHOT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/huge_pages.h"
#include "zonec/snapshot/octet_buffer.h"

namespace strata::snapshot {

// For the millions of short names and RDATA of a large zone: no allocation for each, no octet of overhead. Not
// thread-safe.
class Arena {
 public:
  // A copy, which lives as long as the arena does.
  const char* Copy(absl::string_view octets) {
    if (octets.size() > free_) NewBlock(octets.size());
    char* const copy = next_;
    CopyOctets(octets, copy);
    next_ += octets.size();
    free_ -= octets.size();
    return copy;
  }

 private:
  // Large enough that the kernel can back it by huge pages.
  static constexpr size_t kBlockSize = size_t{16} << 20;

  void NewBlock(size_t at_least) {
    // Small zones shall stay small.
    const size_t size = std::max(at_least, blocks_.empty() ? size_t{4096} : std::min(kBlockSize, last_size_ * 4));
    // Not made_unique, which would write zeros first.
    blocks_.push_back(std::unique_ptr<char[]>(new char[size]));
    next_ = blocks_.back().get();
    base::AdviseHugePages(next_, size);
    free_ = last_size_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t free_ = 0;
  size_t last_size_ = 0;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ARENA_H_
