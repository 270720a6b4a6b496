// SPDX-License-Identifier: Apache-2.0
#include "dns/type_bitmap.h"

#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// RFC 4034 §4.3: A MX RRSIG NSEC TYPE1234.
constexpr char kExample[] =
    "00 06 40 01 00 00 00 03 ; window 0\n"
    "04 1b 00000000 00000000 00000000 00000000 00000000 00000000 000020 ; window 4";

TEST(TypeBitmap, ReadsAndWritesTheExampleOfRfc4034) {
  const std::string bitmap = HexMessage(kExample);
  ASSERT_TRUE(IsValidTypeBitmap(bitmap));
  EXPECT_THAT(TypesOfBitmap(bitmap), ElementsAre(1, 15, 46, 47, 1234));
  EXPECT_EQ(ToHex(MakeTypeBitmap({1234, 47, 1, 15, 46, 15})), ToHex(bitmap));
}

TEST(TypeBitmap, KnowsItsTypes) {
  const std::string bitmap = HexMessage(kExample);
  for (uint16_t type : {1, 15, 46, 47, 1234}) EXPECT_TRUE(TypeBitmapContains(bitmap, type)) << type;
  for (uint16_t type : {0, 2, 48, 255, 256, 257, 1233, 1235, 1279, 65535}) {
    EXPECT_FALSE(TypeBitmapContains(bitmap, type)) << type;
  }
  EXPECT_FALSE(TypeBitmapContains("", 1));
}

TEST(TypeBitmap, EveryTypeSurvives) {
  for (uint32_t type = 0; type <= 65535; type += 7) {
    const std::string bitmap = MakeTypeBitmap({static_cast<uint16_t>(type)});
    ASSERT_TRUE(IsValidTypeBitmap(bitmap));
    ASSERT_THAT(TypesOfBitmap(bitmap), ElementsAre(type));
    ASSERT_TRUE(TypeBitmapContains(bitmap, static_cast<uint16_t>(type)));
  }
  EXPECT_THAT(TypesOfBitmap(MakeTypeBitmap({})), IsEmpty());
}

TEST(TypeBitmap, RefusesWhatRfc4034Forbids) {
  EXPECT_TRUE(IsValidTypeBitmap(""));
  EXPECT_TRUE(IsValidTypeBitmap(HexMessage("00 01 01 01 01 01")));
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("00")));                 // cut off
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("00 02 01")));           // cut off
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("00 00")));              // an empty window
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("00 02 01 00")));        // a trailing zero
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("01 01 01 00 01 01")));  // windows out of order
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("01 01 01 01 01 01")));  // one window twice
  EXPECT_TRUE(IsValidTypeBitmap(HexMessage("00 20") + std::string(32, '\x1')));
  EXPECT_FALSE(IsValidTypeBitmap(HexMessage("00 21") + std::string(33, '\x1')));  // more than 32 octets
}

}  // namespace
}  // namespace strata::dns
