// Fields in their records are tested in rdata_text_test; this is about what stands alone.
//
// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field_text.h"

#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

std::string Text(FieldKind kind, absl::string_view hex) {
  std::string text;
  const std::string octets = HexMessage(hex);
  EXPECT_TRUE(AppendRdataFieldText(kind, octets, 0, octets.size(), &text));
  return text;
}

TEST(AppendRdataFieldText, WritesNumbersOfEachSize) {
  EXPECT_EQ(Text(FieldKind::kU8, "ff"), "255");
  EXPECT_EQ(Text(FieldKind::kU16, "ff00"), "65280");
  EXPECT_EQ(Text(FieldKind::kU32, "ffffffff"), "4294967295");
  EXPECT_EQ(Text(FieldKind::kSeconds, "00000e10"), "3600");
  EXPECT_EQ(Text(FieldKind::kTime, "00000e10"), "19700101010000");
}

TEST(AppendRdataFieldText, WritesNothingForWhatIsMissing) {
  for (FieldKind kind : {FieldKind::kOptionalString, FieldKind::kOptionalBase64, FieldKind::kTypes,
                         FieldKind::kSvcParams, FieldKind::kNone}) {
    EXPECT_EQ(Text(kind, ""), "");
  }
  EXPECT_EQ(Text(FieldKind::kText, ""), R"("")");
  EXPECT_EQ(Text(FieldKind::kSalt, "00"), "-");
  EXPECT_EQ(Text(FieldKind::kString, "00"), R"("")");
}

TEST(AppendRdataFieldText, PutsBlanksBetweenAndNotAround) {
  EXPECT_EQ(Text(FieldKind::kStrings, "00 01 61 00"), R"("" "a" "")");
  EXPECT_EQ(Text(FieldKind::kTypes, "00 01 60"), "A NS");
}

}  // namespace
}  // namespace strata::dns
