// SPDX-License-Identifier: Apache-2.0
#include "dns/text/dnssec_mnemonic.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(DnssecMnemonic, ReadsNamesAndNumbers) {
  EXPECT_EQ(DnssecAlgorithmFromText("ecdsap256sha256"), 13);
  EXPECT_EQ(DnssecAlgorithmFromText("ED25519"), 15);
  EXPECT_EQ(DnssecAlgorithmFromText("NSEC3RSASHA1"), 7);
  EXPECT_EQ(DnssecAlgorithmFromText("RSASHA1-NSEC3-SHA1"), 7);
  EXPECT_EQ(DnssecAlgorithmFromText("255"), 255);
  EXPECT_FALSE(DnssecAlgorithmFromText("256"));
  EXPECT_FALSE(DnssecAlgorithmFromText("SHA"));
  EXPECT_EQ(DsDigestTypeFromText("SHA-256"), 2);
  EXPECT_EQ(DsDigestTypeFromText("sha384"), 4);
  EXPECT_EQ(DsDigestTypeFromText("2"), 2);
  EXPECT_FALSE(DsDigestTypeFromText("MD5"));
  EXPECT_EQ(CertTypeFromText("pkix"), 1);
  EXPECT_EQ(CertTypeFromText("65535"), 65535);
  EXPECT_FALSE(CertTypeFromText("65536"));
}

TEST(DnssecMnemonic, EveryNumberSurvivesItsText) {
  for (int i = 0; i < 256; ++i) EXPECT_EQ(DnssecAlgorithmFromText(DnssecAlgorithmToText(static_cast<uint8_t>(i))), i);
  for (int i = 0; i < 65536; ++i) ASSERT_EQ(CertTypeFromText(CertTypeToText(static_cast<uint16_t>(i))), i);
  EXPECT_EQ(DnssecAlgorithmToText(8), "RSASHA256");
  EXPECT_EQ(DnssecAlgorithmToText(200), "200");
  EXPECT_EQ(CertTypeToText(254), "OID");
}

}  // namespace
}  // namespace strata::dns
