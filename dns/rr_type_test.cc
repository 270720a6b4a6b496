// SPDX-License-Identifier: Apache-2.0
#include "dns/rr_type.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RrType, EveryNumberSurvivesItsText) {
  for (uint32_t type = 0; type <= 65535; ++type) {
    ASSERT_EQ(TypeFromText(TypeToText(static_cast<uint16_t>(type))), type) << TypeToText(static_cast<uint16_t>(type));
    ASSERT_EQ(ClassFromText(ClassToText(static_cast<uint16_t>(type))), type);
  }
}

TEST(RrType, KnowsMnemonicsInAnyCase) {
  EXPECT_EQ(TypeToText(rr_type::kAAAA), "AAAA");
  EXPECT_EQ(TypeToText(rr_type::kANY), "ANY");
  EXPECT_EQ(TypeToText(32769), "DLV");
  EXPECT_EQ(TypeFromText("nsec3Param"), rr_type::kNSEC3PARAM);
  EXPECT_EQ(TypeFromText("https"), rr_type::kHTTPS);
}

TEST(RrType, WritesUnknownTypesByNumber) {
  EXPECT_EQ(TypeToText(65280), "TYPE65280");
  EXPECT_EQ(TypeFromText("type65280"), 65280);
  EXPECT_EQ(TypeFromText("TYPE1"), rr_type::kA);
}

TEST(RrType, RefusesWhatIsNoType) {
  for (const char* text : {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE 1", "TYPE1x", "AA", "A ", "99999999999999"}) {
    EXPECT_FALSE(TypeFromText(text)) << text;
  }
}

TEST(RrType, ClassesHaveOldNamesToo) {
  EXPECT_EQ(ClassToText(rr_class::kCH), "CH");
  EXPECT_EQ(ClassFromText("chaos"), rr_class::kCH);
  EXPECT_EQ(ClassFromText("Hesiod"), rr_class::kHS);
  EXPECT_EQ(ClassFromText("CLASS32"), 32);
  EXPECT_FALSE(ClassFromText("TYPE1"));
}

TEST(RrType, NamesRcodesAndOpcodes) {
  EXPECT_EQ(RcodeToText(rcode::kNXDomain), "NXDOMAIN");
  EXPECT_EQ(RcodeToText(rcode::kBadVers), "BADVERS");
  EXPECT_EQ(RcodeToText(3841), "RCODE3841");
  EXPECT_EQ(OpcodeToText(opcode::kUpdate), "UPDATE");
  EXPECT_EQ(OpcodeToText(15), "OPCODE15");
}

TEST(RrType, MetaTypesAreOptAndTheRangeOfRfc6895) {
  EXPECT_TRUE(IsMetaType(rr_type::kOPT));
  EXPECT_TRUE(IsMetaType(128));
  EXPECT_TRUE(IsMetaType(rr_type::kAXFR));
  EXPECT_TRUE(IsMetaType(rr_type::kANY));
  EXPECT_FALSE(IsMetaType(127));
  EXPECT_FALSE(IsMetaType(rr_type::kURI));
  EXPECT_FALSE(IsMetaType(rr_type::kA));
}

}  // namespace
}  // namespace strata::dns
