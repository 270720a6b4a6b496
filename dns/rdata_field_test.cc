// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field.h"

#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RdataFieldSize, CountsFromWhereTheFieldStarts) {
  const std::string rdata = HexMessage("ffff 01 61 00 05");
  EXPECT_EQ(RdataFieldSize(FieldKind::kU16, rdata, 0), 2u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kName, rdata, 2), 3u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kString, rdata, 2), 2u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kU8, rdata, 5), 1u);
  EXPECT_FALSE(RdataFieldSize(FieldKind::kU16, rdata, 5));
  EXPECT_FALSE(RdataFieldSize(FieldKind::kU8, rdata, 6));
}

TEST(RdataFieldSize, LetsOptionalFieldsBeMissing) {
  EXPECT_EQ(RdataFieldSize(FieldKind::kOptionalString, "", 0), 0u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kOptionalBase64, "", 0), 0u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kText, "", 0), 0u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kTypes, "", 0), 0u);
  EXPECT_EQ(RdataFieldSize(FieldKind::kSvcParams, "", 0), 0u);
  for (FieldKind kind : {FieldKind::kString, FieldKind::kStrings, FieldKind::kBase64, FieldKind::kHex,
                         FieldKind::kSomeTypes, FieldKind::kName, FieldKind::kSalt, FieldKind::kTag}) {
    EXPECT_FALSE(RdataFieldSize(kind, "", 0));
  }
}

TEST(RdataFieldSize, MeasuresDigestsByTheAlgorithmBefore) {
  EXPECT_EQ(RdataFieldSize(FieldKind::kDsDigest, "\x1" + std::string(20, 'x'), 1), 20u);
  EXPECT_FALSE(RdataFieldSize(FieldKind::kDsDigest, "\x2" + std::string(20, 'x'), 1));
  EXPECT_EQ(RdataFieldSize(FieldKind::kDsDigest, "\xff" + std::string(20, 'x'), 1), 20u);
}

TEST(RequiredDigestSize, DependsOnTheField) {
  EXPECT_EQ(RequiredDigestSize(FieldKind::kDsDigest, 4), 48u);
  EXPECT_EQ(RequiredDigestSize(FieldKind::kZonemdDigest, 2), 64u);
  EXPECT_EQ(RequiredDigestSize(FieldKind::kSshfpDigest, 2), 32u);
  EXPECT_EQ(RequiredDigestSize(FieldKind::kHashedOwner, 1), 20u);
  EXPECT_EQ(RequiredDigestSize(FieldKind::kDsDigest, 0), 0u);
  EXPECT_EQ(RequiredDigestSize(FieldKind::kHex, 1), 0u);
}

}  // namespace
}  // namespace strata::dns
