// SPDX-License-Identifier: Apache-2.0
#include "dns/text/decimal.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(ParseDecimal, ReadsUpToTheLimit) {
  EXPECT_EQ(ParseDecimal("0", 255), 0u);
  EXPECT_EQ(ParseDecimal("255", 255), 255u);
  EXPECT_EQ(ParseDecimal("0010", 255), 10u);
  EXPECT_EQ(ParseDecimal("4294967295", 4294967295u), 4294967295u);
  EXPECT_FALSE(ParseDecimal("256", 255));
  EXPECT_FALSE(ParseDecimal("4294967296", 4294967295u));
  EXPECT_FALSE(ParseDecimal("99999999999999999999999999", 4294967295u));
}

TEST(ParseDecimal, TakesDigitsOnly) {
  for (const char* text : {"", "+1", "-1", " 1", "1 ", "0x1", "1.0", "a"})
    EXPECT_FALSE(ParseDecimal(text, 255)) << text;
}

}  // namespace
}  // namespace strata::dns
