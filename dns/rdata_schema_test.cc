// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_schema.h"

#include <cstring>

#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RdataSchema, FindsEveryRowAndNothingElse) {
  size_t found = 0;
  for (uint32_t type = 0; type <= 65535; ++type) {
    const RdataSchema* schema = FindRdataSchema(static_cast<uint16_t>(type));
    if (schema == nullptr) continue;
    ASSERT_EQ(schema->type, type);
    ++found;
  }
  EXPECT_EQ(found, AllRdataSchemas().size());
}

TEST(RdataSchema, RowsAreWellFormed) {
  for (const RdataSchema& schema : AllRdataSchemas()) {
    SCOPED_TRACE(TypeToText(schema.type));
    EXPECT_FALSE(IsMetaType(schema.type));
    EXPECT_NE(TypeToText(schema.type).substr(0, 4), "TYPE") << "a type with a row has a mnemonic";
    EXPECT_NE(schema.fields[0].kind, FieldKind::kNone);
    EXPECT_EQ(schema.fields[kMaxRdataFields].kind, FieldKind::kNone) << "the row has no end";
    bool has_name = false;
    for (const RdataField* field = schema.fields; field->kind != FieldKind::kNone; ++field) {
      EXPECT_GT(std::strlen(field->name), 0u);
      has_name = has_name || IsOneName(field->kind);
    }
    EXPECT_TRUE(has_name || schema.names == NameRule::kKeep) << "a rule for names without a name";
  }
}

NameRule RuleOf(uint16_t type) { return FindRdataSchema(type)->names; }

// RFC 3597 §4: senders compress types of RFC 1035 only; receivers also expect it in eight later ones.
TEST(RdataSchema, NameRulesFollowRfc3597) {
  for (uint16_t type : {2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15}) EXPECT_EQ(RuleOf(type), NameRule::kCompress) << type;
  for (uint16_t type : {17, 18, 21, 24, 26, 30, 33, 35}) EXPECT_EQ(RuleOf(type), NameRule::kDecompress) << type;
}

// RFC 4034 §6.2 lists DNAME and KX among those with names in lower case; RFC 6840 §5.1 takes NSEC off the list and
// leaves RRSIG on it.
TEST(RdataSchema, NameRulesFollowRfc6840) {
  for (uint16_t type : {rr_type::kDNAME, uint16_t{36}, rr_type::kRRSIG}) {
    EXPECT_EQ(RuleOf(type), NameRule::kLowercase) << type;
  }
  for (uint16_t type : {rr_type::kNSEC, rr_type::kSVCB, rr_type::kHTTPS, uint16_t{107} /*LP*/}) {
    EXPECT_EQ(RuleOf(type), NameRule::kKeep) << type;
  }
}

void ExpectLayout(uint16_t type, int prefix_size, int name_count, bool compress) {
  const NameLayout layout = RdataNameLayout(type);
  EXPECT_EQ(layout.prefix_size, prefix_size) << type;
  EXPECT_EQ(layout.name_count, name_count) << type;
  EXPECT_EQ(layout.compress, compress) << type;
}

TEST(RdataNameLayout, SaysWhereNamesAre) {
  ExpectLayout(rr_type::kNS, 0, 1, true);
  ExpectLayout(rr_type::kCNAME, 0, 1, true);
  ExpectLayout(rr_type::kPTR, 0, 1, true);
  ExpectLayout(rr_type::kSOA, 0, 2, true);
  ExpectLayout(rr_type::kMX, 2, 1, true);
  ExpectLayout(rr_type::kSRV, 6, 1, false);
  ExpectLayout(rr_type::kAFSDB, 2, 1, false);
  ExpectLayout(rr_type::kDNAME, 0, 1, false);
  ExpectLayout(rr_type::kRP, 0, 2, false);
  ExpectLayout(rr_type::kRRSIG, 18, 1, false);
  ExpectLayout(rr_type::kHTTPS, 2, 1, false);
}

TEST(RdataNameLayout, IsZeroWithoutNamesAtAFixedPlace) {
  for (uint16_t type : {rr_type::kA, rr_type::kTXT, rr_type::kNAPTR, rr_type::kDS, uint16_t{32769}, uint16_t{65280}}) {
    ExpectLayout(type, 0, 0, false);
  }
}

}  // namespace
}  // namespace strata::dns
