// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/client_options.h"

#include <string>

#include "dns/edns.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::Optional;

TEST(ClientOptionsTest, NoneAskForNothing) {
  const ClientOptions options = ReadClientOptions("");
  EXPECT_FALSE(options.cookie.has_value());
  EXPECT_FALSE(options.nsid);
  EXPECT_FALSE(options.keepalive);
  EXPECT_FALSE(options.zone_version);
}

TEST(ClientOptionsTest, EachIsFoundAmongOthers) {
  std::string octets;
  dns::AppendEdnsOption(65001, "unknown", &octets);
  dns::AppendEdnsOption(dns::edns_option::kNsid, "", &octets);
  dns::AppendEdnsOption(dns::edns_option::kCookie, "12345678", &octets);
  dns::AppendEdnsOption(dns::edns_option::kTcpKeepalive, "", &octets);
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, "", &octets);
  const ClientOptions options = ReadClientOptions(octets);
  EXPECT_TRUE(options.zone_version);
  EXPECT_FALSE(options.malformed_zone_version);
  EXPECT_THAT(options.cookie, Optional(absl::string_view("12345678")));
  EXPECT_TRUE(options.nsid);
  EXPECT_TRUE(options.keepalive);
}

TEST(ClientOptionsTest, ZoneVersionWithAValueOrTwiceIsMalformed) {
  std::string with_value, twice;
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, "x", &with_value);
  EXPECT_TRUE(ReadClientOptions(with_value).malformed_zone_version);
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, "", &twice);
  EXPECT_FALSE(ReadClientOptions(twice).malformed_zone_version);
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, "", &twice);
  EXPECT_TRUE(ReadClientOptions(twice).malformed_zone_version);
}

TEST(ClientOptionsTest, TheFirstCookieCounts) {
  std::string octets;
  dns::AppendEdnsOption(dns::edns_option::kCookie, "first..1", &octets);
  dns::AppendEdnsOption(dns::edns_option::kCookie, "second.2", &octets);
  EXPECT_THAT(ReadClientOptions(octets).cookie, Optional(absl::string_view("first..1")));
}

TEST(ClientOptionsTest, AnEmptyCookieIsOne) {
  std::string octets;
  dns::AppendEdnsOption(dns::edns_option::kCookie, "", &octets);
  EXPECT_TRUE(ReadClientOptions(octets).cookie.has_value());
}

TEST(ClientOptionsTest, WhatIsCutOffEndsThem) {
  std::string octets;
  dns::AppendEdnsOption(dns::edns_option::kNsid, "", &octets);
  dns::AppendEdnsOption(dns::edns_option::kCookie, "12345678", &octets);
  octets.pop_back();
  const ClientOptions options = ReadClientOptions(octets);
  EXPECT_TRUE(options.nsid);
  EXPECT_FALSE(options.cookie.has_value());
}

}  // namespace
}  // namespace strata::frontend
