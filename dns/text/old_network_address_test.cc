// SPDX-License-Identifier: Apache-2.0
#include "dns/text/old_network_address.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(Nsap, PointsMeanNothing) {
  std::string octets, text;
  ASSERT_TRUE(ParseNsap("0x47.0005.8.0", &octets));
  EXPECT_EQ(octets, std::string("\x47\x00\x05\x80", 4));
  AppendNsapText(octets, &text);
  EXPECT_EQ(text, "0x47000580");
  for (const char* wrong : {"", "47", "0x", "0x.", "0x4", "0xgg"}) EXPECT_FALSE(ParseNsap(wrong, &octets)) << wrong;
}

TEST(AtmAddress, HasTwoFormats) {
  for (const char* written : {"47000580", "+61200000000"}) {
    std::string octets, text;
    ASSERT_TRUE(ParseAtmAddress(written, &octets));
    EXPECT_TRUE(IsValidAtmAddress(octets));
    EXPECT_TRUE(AppendAtmAddressText(octets, &text));
    EXPECT_EQ(text, written);
  }
  std::string octets;
  for (const char* wrong : {"", "+", ".47", "47.", "4..7", "470", "+1a", "0x47"}) {
    EXPECT_FALSE(ParseAtmAddress(wrong, &octets)) << wrong;
  }
}

TEST(AtmAddress, OtherFormatsHaveNoText) {
  std::string text;
  EXPECT_TRUE(IsValidAtmAddress("\x02x"));
  EXPECT_FALSE(AppendAtmAddressText("\x02x", &text));
  EXPECT_FALSE(IsValidAtmAddress("\x01x"));
  EXPECT_FALSE(IsValidAtmAddress("\x01"));
}

}  // namespace
}  // namespace strata::dns
