// SPDX-License-Identifier: Apache-2.0
#include "dns/lookup_name.h"

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace strata::dns {
namespace {

// ToLowerAscii of eight octets at once. Bit 7 of each octet of the sums says whether its lower seven bits reach 'A',
// and whether they pass 'Z'; no octet carries into the next.
uint64_t ToLowerAscii(uint64_t octets) {
  constexpr uint64_t kEach = 0x0101010101010101;
  const uint64_t low = octets & (0x7f * kEach);
  const uint64_t from_a = low + (0x80 - 'A') * kEach;
  const uint64_t past_z = low + (0x80 - 'Z' - 1) * kEach;
  const uint64_t is_upper = from_a & ~past_z & ~octets & (0x80 * kEach);
  return octets | is_upper >> 2;
}

void CopyEightLowered(const char* from, char* to) {
  uint64_t octets;
  std::memcpy(&octets, from, sizeof(octets));
  octets = ToLowerAscii(octets);
  std::memcpy(to, &octets, sizeof(octets));
}

void CopyLowered(absl::string_view from, char* to) {
  const size_t size = from.size();
  if (size < 8) {
    for (size_t i = 0; i < size; ++i) to[i] = ToLowerAscii(from[i]);
    return;
  }
  for (size_t i = 0; i + 8 < size; i += 8) CopyEightLowered(from.data() + i, to + i);
  CopyEightLowered(from.data() + size - 8, to + size - 8);  // may do some octets again
}

}  // namespace

void LookupName::AssignBelow(absl::string_view wire, size_t known_size, uint64_t known_hash) {
  size_ = static_cast<uint8_t>(wire.size());
  CopyLowered(wire, octets_.data());

  label_count_ = 0;
  size_t at = 0;
  const size_t end = wire.size() - known_size;
  while (at < end) {
    offsets_[label_count_++] = static_cast<uint8_t>(at);
    at += static_cast<uint8_t>(octets_[at]) + 1u;
  }
  offsets_[label_count_] = static_cast<uint8_t>(at);

  uint64_t hash = known_hash;
  hashes_[label_count_] = hash;
  for (int i = label_count_ - 1; i >= 0; --i) {
    hash = XXH3_64bits_withSeed(octets_.data() + offsets_[i], offsets_[i + 1] - offsets_[i], hash);
    hashes_[i] = hash;
  }
}

}  // namespace strata::dns
