// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_token_field.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

// The wire form of one token; "wrong" when it has none.
std::string Wire(FieldKind kind, absl::string_view text) {
  const TokenField* field = FindTokenField(kind);
  if (field == nullptr) return "no token";
  std::string rdata;
  return field->append(text, &rdata) ? rdata : "wrong";
}

TEST(RdataTokenField, NumbersHaveTheirRange) {
  EXPECT_EQ(Wire(FieldKind::kU8, "255"), "\xff");
  EXPECT_EQ(Wire(FieldKind::kU8, "256"), "wrong");
  EXPECT_EQ(Wire(FieldKind::kU16, "65535"), "\xff\xff");
  EXPECT_EQ(Wire(FieldKind::kU16, "65536"), "wrong");
  EXPECT_EQ(Wire(FieldKind::kU32, "4294967295"), "\xff\xff\xff\xff");
  EXPECT_EQ(Wire(FieldKind::kU32, "4294967296"), "wrong");
  EXPECT_EQ(Wire(FieldKind::kU8, "-1"), "wrong");
}

TEST(RdataTokenField, AddressesAndIdentifiers) {
  EXPECT_EQ(Wire(FieldKind::kIpv4, "192.0.2.1"), std::string("\xc0\0\2\1", 4));
  EXPECT_EQ(Wire(FieldKind::kEui48, "00-00-5e-00-53-2a"), std::string("\0\0\x5e\0\x53\x2a", 6));
  EXPECT_EQ(Wire(FieldKind::kEui48, "00-00-5e-00-53"), "wrong");
  EXPECT_EQ(Wire(FieldKind::kNodeId, "14:4fff:ff20:ee64"), std::string("\0\x14\x4f\xff\xff\x20\xee\x64", 8));
  EXPECT_EQ(Wire(FieldKind::kSalt, "-"), std::string(1, '\0'));
  EXPECT_EQ(Wire(FieldKind::kSalt, "abcd"), "\2\xab\xcd");
  EXPECT_EQ(Wire(FieldKind::kTag, "iss-ue"), "wrong");
}

TEST(RdataTokenField, WhatNeedsMoreThanATokenIsNone) {
  EXPECT_EQ(FindTokenField(FieldKind::kName), nullptr);
  EXPECT_EQ(FindTokenField(FieldKind::kStrings), nullptr);
}

}  // namespace
}  // namespace strata::dns
