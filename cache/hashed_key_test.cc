// SPDX-License-Identifier: Apache-2.0
#include "cache/hashed_key.h"

#include <set>
#include <vector>

#include "cache/testing/test_response.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::WireName;

HashedKey HashOf(const KeyHasher& hasher, const Key& key) { return hasher.Hash(key, hasher.NameHash(*key.name)); }

TEST(HashedKeyTest, EveryPartCounts) {
  const dns::LookupName name(WireName("www.example.")), other_name(WireName("www.example.net."));
  Key key;
  key.name = &name;
  key.type = 1;
  key.rr_class = 1;
  std::vector<Key> keys(8, key);
  keys[1].name = &other_name;
  keys[2].type = 2;
  keys[3].rr_class = 2;
  keys[4].dnssec_ok = true;
  keys[5].checking_disabled = true;
  keys[6].partition = 1;
  keys[7].partition = 0x80000000;
  const KeyHasher hasher(4711);
  std::set<uint64_t> hashes;
  for (size_t i = 0; i < keys.size(); ++i) {
    hashes.insert(HashOf(hasher, keys[i]).hash);
    EXPECT_EQ(HashOf(hasher, keys[i]) == HashOf(hasher, key), i == 0) << i;
  }
  EXPECT_EQ(hashes.size(), keys.size());
}

TEST(HashedKeyTest, NamesAreEqualWhateverTheirCase) {
  const dns::LookupName name(WireName("www.example.")), same(WireName("WWW.eXample."));
  const KeyHasher hasher(4711);
  Key key, same_key;
  key.name = &name;
  same_key.name = &same;
  EXPECT_EQ(HashOf(hasher, key), HashOf(hasher, same_key));
}

TEST(HashedKeyTest, SecretsMakeOtherHashes) {
  const dns::LookupName name(WireName("www.example."));
  Key key;
  key.name = &name;
  EXPECT_NE(HashOf(KeyHasher(1), key).hash, HashOf(KeyHasher(3), key).hash);
}

}  // namespace
}  // namespace strata::cache
