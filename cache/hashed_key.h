// A cache key made ready: its name in wire form and lower case, and one hash over all of it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_HASHED_KEY_H_
#define STRATA_CACHE_HASHED_KEY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "cache/cache_client.h"
#include "dns/lookup_name.h"

namespace strata::cache {

// `name` is viewed; whoever keeps a key keeps its octets.
struct HashedKey {
  static constexpr uint8_t kDnssecOk = 1, kCheckingDisabled = 2;

  absl::string_view name;
  uint64_t hash = 0;
  uint32_t partition = 0;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  uint8_t flags = 0;

  friend bool operator==(const HashedKey& a, const HashedKey& b) {
    return a.hash == b.hash && a.type == b.type && a.rr_class == b.rr_class && a.flags == b.flags &&
           a.partition == b.partition && a.name == b.name;
  }
};

// LookupName::Hash() is the same everywhere, so that anybody can make names whose hashes are alike where it hurts. The
// secret turns them into hashes that nobody outside can tell. Thread-safe.
class KeyHasher {
 public:
  explicit KeyHasher(uint64_t secret) : secret_(secret | 1) {}

  // The same for all keys of a name.
  uint64_t NameHash(const dns::LookupName& name) const { return Fold(name.Hash() ^ secret_, kMultiplier); }

  HashedKey Hash(const Key& key, uint64_t name_hash) const {
    HashedKey hashed;
    hashed.name = key.name->wire();
    hashed.type = key.type;
    hashed.rr_class = key.rr_class;
    hashed.flags = static_cast<uint8_t>((key.dnssec_ok ? HashedKey::kDnssecOk : 0) |
                                        (key.checking_disabled ? HashedKey::kCheckingDisabled : 0));
    hashed.partition = key.partition;
    const uint64_t rest = uint64_t{key.type} | uint64_t{key.rr_class} << 16 | uint64_t{hashed.flags} << 32;
    hashed.hash = Fold(name_hash ^ rest ^ key.partition * kPartitionMultiplier, kMultiplier ^ secret_);
    return hashed;
  }

 private:
  // Odd numbers without a pattern.
  static constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15, kPartitionMultiplier = 0xd6e8feb86659fd93;

  // Both halves of the product, so that every bit of `a` reaches every bit of the result.
  static uint64_t Fold(uint64_t a, uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }

  uint64_t secret_;
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_HASHED_KEY_H_
