// SPDX-License-Identifier: Apache-2.0
#include "dns/lookup_name.h"

#include <xxhash.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

std::string Wire(absl::string_view text) { return std::string(Name::FromText(text).value().wire()); }

// The definition of the hash, read from the right; `wire` in lower case.
uint64_t HashByDefinition(absl::string_view wire) {
  if (wire[0] == 0) return 0;
  const size_t label = static_cast<uint8_t>(wire[0]) + 1u;
  return XXH3_64bits_withSeed(wire.data(), label, HashByDefinition(wire.substr(label)));
}

TEST(LookupNameTest, StartsAsTheRoot) {
  const LookupName name;
  EXPECT_EQ(name.label_count(), 0);
  EXPECT_EQ(name.wire(), absl::string_view("\0", 1));
  EXPECT_EQ(name.Suffix(0), absl::string_view("\0", 1));
  EXPECT_EQ(name.Hash(), 0u);
}

TEST(LookupNameTest, SuffixesInLowerCase) {
  const LookupName name(Wire("WWW.Example.COM."));
  ASSERT_EQ(name.label_count(), 3);
  EXPECT_EQ(name.wire(), Wire("www.example.com."));
  EXPECT_EQ(name.Suffix(0), Wire("www.example.com."));
  EXPECT_EQ(name.Suffix(1), Wire("example.com."));
  EXPECT_EQ(name.Suffix(2), Wire("com."));
  EXPECT_EQ(name.Suffix(3), Wire("."));
}

// Snapshots on disk hold these numbers: they may never change.
TEST(LookupNameTest, HashesArePinned) {
  EXPECT_EQ(LookupName(Wire("com.")).Hash(), 0x73d1b434c7e5cf51);
  EXPECT_EQ(LookupName(Wire("example.com.")).Hash(), 0x180715a25d4e8978);
  EXPECT_EQ(LookupName(Wire("*.A-Label-Longer-Than-Sixteen-Octets.example.com.")).Hash(), 0x298b5cdaa8f502ef);
}

TEST(LookupNameTest, ASuffixHashesAsTheNameItself) {
  const LookupName name(Wire("a.bc.DEF.example.com."));
  for (int skip = 0; skip <= name.label_count(); ++skip) {
    EXPECT_EQ(name.Hash(skip), LookupName(name.Suffix(skip)).Hash());
  }
}

TEST(LookupNameTest, LabelBoundsAndOrderCount) {
  EXPECT_NE(LookupName(Wire("ab.c.")).Hash(), LookupName(Wire("a.bc.")).Hash());
  EXPECT_NE(LookupName(Wire("ab.c.")).Hash(), LookupName(Wire("c.ab.")).Hash());
  EXPECT_NE(LookupName(Wire("ab\\.c.")).Hash(), LookupName(Wire("ab.c.")).Hash());
}

TEST(LookupNameTest, FoldsEveryOctetAtEveryPlaceAsToLowerAscii) {
  for (size_t size = 1; size <= 40; ++size) {  // more than the step of eight, with every remainder
    for (int octet = 0; octet < 256; ++octet) {
      std::string wire(1, static_cast<char>(size));
      wire.append(size, static_cast<char>(octet));
      wire.push_back('\0');
      ASSERT_EQ(LookupName(wire).wire(), ToLowerAscii(absl::string_view(wire))) << size << " x " << octet;
      // Beside neighbours at the ends of the range, nothing carries over.
      wire[1 + size / 2] = '\xff';
      if (size > 1) wire[size / 2] = '\0';
      ASSERT_EQ(LookupName(wire).wire(), ToLowerAscii(absl::string_view(wire))) << size << " x " << octet;
    }
  }
}

TEST(LookupNameTest, TheLargestNames) {
  std::string many;
  for (int i = 0; i < 127; ++i) many += "A.";
  const LookupName deep(Wire(many));
  EXPECT_EQ(deep.label_count(), 127);
  EXPECT_EQ(deep.wire().size(), kMaxNameSize);
  EXPECT_EQ(deep.Suffix(126), Wire("a."));
  EXPECT_EQ(deep.Suffix(127), Wire("."));

  const std::string label(63, 'L');
  const LookupName wide(Wire(absl::StrCat(label, ".", label, ".", label, ".", label.substr(2), ".")));
  EXPECT_EQ(wide.label_count(), 4);
  EXPECT_EQ(wide.wire().size(), kMaxNameSize);
}

TEST(LookupNameTest, RandomNamesAgreeWithTheDefinition) {
  std::mt19937 random(1);
  LookupName name;  // one object for all, as a server has
  for (int i = 0; i < 20000; ++i) {
    std::string wire;
    for (uint32_t labels = random() % 8; labels > 0; --labels) {
      const size_t size = 1 + random() % (random() % 4 == 0 ? 63 : 10);
      if (wire.size() + size + 2 > kMaxNameSize) break;
      wire.push_back(static_cast<char>(size));
      for (size_t j = 0; j < size; ++j) wire.push_back(static_cast<char>(random()));
    }
    wire.push_back('\0');
    const std::string lower = ToLowerAscii(absl::string_view(wire));
    name.Assign(wire);
    ASSERT_EQ(name.wire(), lower);
    ASSERT_EQ(name.Hash(), HashByDefinition(lower));
    size_t at = 0;
    for (int skip = 0; skip <= name.label_count(); ++skip) {
      ASSERT_EQ(name.Suffix(skip), absl::string_view(lower).substr(at));
      ASSERT_EQ(name.Hash(skip), HashByDefinition(name.Suffix(skip)));
      at += static_cast<uint8_t>(lower[at]) + 1u;
    }
  }
}

TEST(LookupName, BelowANameThatIsKnown) {
  const Name name = *Name::FromText("A.b.Example.com.");
  const LookupName whole(name.wire());
  LookupName below;
  below.AssignBelow(name.wire(), whole.Suffix(2).size(), whole.Hash(2));
  EXPECT_EQ(below.label_count(), 2);
  EXPECT_EQ(below.wire(), whole.wire());
  for (int skip = 0; skip <= 2; ++skip) {
    EXPECT_EQ(below.Suffix(skip), whole.Suffix(skip));
    EXPECT_EQ(below.Hash(skip), whole.Hash(skip));
  }
  below.AssignBelow(whole.Suffix(2), whole.Suffix(2).size(), whole.Hash(2));
  EXPECT_EQ(below.label_count(), 0);
  EXPECT_EQ(below.Hash(), whole.Hash(2));
}

}  // namespace
}  // namespace strata::dns
