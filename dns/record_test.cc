// SPDX-License-Identifier: Apache-2.0
#include "dns/record.h"

#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RecordToText, WritesOneLineWithTabs) {
  const Record record = {*Name::FromText("www.example."), rr_type::kMX, rr_class::kIN, 3600,
                         HexMessage("000a 0161 00")};
  EXPECT_EQ(RecordToText(record), "www.example.\t3600\tIN\tMX\t10 a.");
}

TEST(RecordToText, WritesUnknownTypesAndClasses) {
  const Record record = {Name(), 65280, 32, 0, HexMessage("abcd")};
  EXPECT_EQ(RecordToText(record), ".\t0\tCLASS32\tTYPE65280\t\\# 2 ABCD");
}

}  // namespace
}  // namespace strata::dns
