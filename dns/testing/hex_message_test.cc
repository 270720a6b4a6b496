// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/hex_message.h"

#include "gtest/gtest-spi.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(HexMessage, SkipsBlanksAndComments) {
  EXPECT_EQ(HexMessage("12 34 ; id 99\n aB\tc\nd ; end"), std::string("\x12\x34\xab\xcd"));
  EXPECT_EQ(HexMessage(""), "");
}

TEST(HexMessage, FailsTheTestOnOtherText) {
  EXPECT_NONFATAL_FAILURE(HexMessage("12 3g"), "'g' is no hex digit");
  EXPECT_NONFATAL_FAILURE(HexMessage("123"), "odd number");
}

TEST(HexMessage, ToHexIsItsInverse) { EXPECT_EQ(ToHex(HexMessage("00 7f FF")), "007fff"); }

}  // namespace
}  // namespace strata::dns
