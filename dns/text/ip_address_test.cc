// SPDX-License-Identifier: Apache-2.0
#include "dns/text/ip_address.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(Ipv4, TakesFourDecimalNumbersOnly) {
  std::string octets;
  EXPECT_TRUE(ParseIpv4("192.0.2.255", &octets));
  EXPECT_EQ(octets, std::string("\xc0\0\2\xff", 4));
  for (absl::string_view text :
       {absl::string_view(""), absl::string_view("1.2.3"), absl::string_view("1.2.3.4.5"),
        absl::string_view("256.1.1.1"), absl::string_view("01.2.3.4"), absl::string_view("1.2.3.4 "),
        absl::string_view("0x1.2.3.4"), absl::string_view("::1"), absl::string_view("1.2.3.4\0x", 9)}) {
    EXPECT_FALSE(ParseIpv4(text, &octets)) << text;
  }
  EXPECT_EQ(octets.size(), 4u) << "nothing is appended on failure";
}

TEST(Ipv6, TakesTheFormsOfRfc4291) {
  std::string octets;
  for (const char* text : {"::", "::1", "2001:DB8::1", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1"}) {
    EXPECT_TRUE(ParseIpv6(text, &octets)) << text;
  }
  EXPECT_EQ(octets.size(), 5 * 16u);
  for (const char* text : {"", ":", "1::2::3", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0", "12345::", "::1.2.3", "1.2.3.4",
                           "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"}) {
    EXPECT_FALSE(ParseIpv6(text, &octets)) << text;
  }
}

TEST(Ipv6, WritesTheFormOfRfc5952) {
  const struct {
    const char* text;
    const char* written;
  } kCases[] = {
      {"2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // the first of two equal runs of zeros
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // a lone zero stays
      {"::ffff:c000:201", "::ffff:192.0.2.1"},
      {"0:0:0:0:0:0:0:0", "::"},
  };
  for (const auto& c : kCases) {
    std::string octets;
    ASSERT_TRUE(ParseIpv6(c.text, &octets));
    std::string text;
    AppendIpv6Text(octets, &text);
    EXPECT_EQ(text, c.written);
  }
}

}  // namespace
}  // namespace strata::dns
