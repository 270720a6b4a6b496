// Fields in their records are tested in rdata_text_test; this is about how fields share the tokens.
//
// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field_parser.h"

#include "dns/testing/hex_message.h"
#include "dns/testing/text_tokens.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RdataFieldParser, TakesOneFieldAfterTheOther) {
  const auto tokens = SplitTextTokens("7 www A NS");
  const Name origin = *Name::FromText("example.");
  std::string rdata;
  RdataFieldParser parser(tokens, origin, &rdata);
  EXPECT_FALSE(parser.Parse({FieldKind::kU8, "number"}));
  EXPECT_EQ(parser.position(), 1u);
  EXPECT_FALSE(parser.Parse({FieldKind::kName, "name"}));
  EXPECT_FALSE(parser.AtEnd());
  EXPECT_FALSE(parser.Parse({FieldKind::kTypes, "type"}));
  EXPECT_TRUE(parser.AtEnd());
  EXPECT_EQ(ToHex(rdata), ToHex(HexMessage("07 03 777777 07 6578616d706c65 00 00 01 60")));
}

TEST(RdataFieldParser, CountsTokensFromTheFirst) {
  const auto tokens = SplitTextTokens("7 x port=y");
  const Name origin;
  std::string rdata;
  RdataFieldParser parser(tokens, origin, &rdata);
  EXPECT_FALSE(parser.Parse({FieldKind::kU8, "number"}));
  EXPECT_FALSE(parser.Parse({FieldKind::kName, "name"}));
  const auto error = parser.Parse({FieldKind::kSvcParams, "service parameter"});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->token, 2u);
}

TEST(RdataFieldParser, MissesFieldsBehindTheLastToken) {
  const Name origin;
  std::string rdata;
  for (FieldKind kind : {FieldKind::kU8, FieldKind::kName, FieldKind::kString, FieldKind::kHex, FieldKind::kHashedOwner,
                         FieldKind::kSomeTypes}) {
    RdataFieldParser parser({}, origin, &rdata);
    const auto error = parser.Parse({kind, "thing"});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->token, 0u);
    EXPECT_EQ(error->message.substr(0, 20), "the thing is missing");
  }
}

}  // namespace
}  // namespace strata::dns
