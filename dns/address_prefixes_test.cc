// SPDX-License-Identifier: Apache-2.0
#include "dns/address_prefixes.h"

#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(AddressPrefixes, BothWays) {
  std::string octets, text;
  for (const char* prefix : {"1:192.168.32.0/21", "!1:192.168.38.1/28", "2:2001:db8::/32", "!2:::/0", "1:0.0.0.0/0"}) {
    ASSERT_TRUE(ParseAddressPrefix(prefix, &octets)) << prefix;
  }
  EXPECT_EQ(ToHex(octets), ToHex(HexMessage("0001 15 03 c0a820 0001 1c 84 c0a82601 0002 20 04 20010db8 0002 00 80 "
                                            "0001 00 00")));
  EXPECT_TRUE(AreValidAddressPrefixes(octets));
  EXPECT_TRUE(AppendAddressPrefixesText(octets, &text));
  EXPECT_EQ(text, "1:192.168.32.0/21 !1:192.168.38.1/28 2:2001:db8::/32 !2:::/0 1:0.0.0.0/0");
}

TEST(AddressPrefixes, RefusesWhatIsNone) {
  std::string octets;
  for (const char* text : {"", "1", "1:", "1:/", "1:1.2.3.4", "1:1.2.3.4/33", "1:1.2.3/8", "2:1.2.3.4/8", "2:::/129",
                           "3:aabb/1", "!!1:1.2.3.4/8", "1/8:1.2.3.4"}) {
    EXPECT_FALSE(ParseAddressPrefix(text, &octets)) << text;
  }
  EXPECT_FALSE(AreValidAddressPrefixes(HexMessage("0001 15 03 c0a8")));
  EXPECT_FALSE(AreValidAddressPrefixes(HexMessage("0001 15 04 c0a82000")));  // a zero at the end
  EXPECT_FALSE(AreValidAddressPrefixes(HexMessage("0001 21 01 c0")));
  EXPECT_FALSE(AreValidAddressPrefixes(HexMessage("0001 15 05 c0a8200101")));
}

TEST(AddressPrefixes, OtherFamiliesHaveNoText) {
  std::string text;
  EXPECT_TRUE(AreValidAddressPrefixes(HexMessage("0003 ff 02 01ff")));
  EXPECT_FALSE(AppendAddressPrefixesText(HexMessage("0003 ff 02 01ff"), &text));
}

}  // namespace
}  // namespace strata::dns
