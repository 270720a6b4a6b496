// SPDX-License-Identifier: Apache-2.0
#include "dns/lookup_name.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace strata::dns {

void LookupName::Assign(absl::string_view wire) {
  size_ = static_cast<uint8_t>(wire.size());
  for (size_t i = 0; i < wire.size(); ++i) octets_[i] = ToLowerAscii(wire[i]);
  label_count_ = 0;
  size_t at = 0;
  while (octets_[at] != 0) {
    offsets_[label_count_++] = static_cast<uint8_t>(at);
    at += static_cast<uint8_t>(octets_[at]) + 1;
  }
  offsets_[label_count_] = static_cast<uint8_t>(at);
  uint64_t hash = 0;
  hashes_[label_count_] = hash;
  for (int i = label_count_ - 1; i >= 0; --i) {
    hash = XXH3_64bits_withSeed(octets_.data() + offsets_[i], offsets_[i + 1] - offsets_[i], hash);
    hashes_[i] = hash;
  }
}

}  // namespace strata::dns
