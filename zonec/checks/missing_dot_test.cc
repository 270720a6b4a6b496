// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/missing_dot.h"

#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

bool Twice(absl::string_view name, absl::string_view origin) {
  return EndsWithOriginTwice(dns::Name::FromText(name)->wire(), dns::Name::FromText(origin)->wire());
}

TEST(MissingDot, IsSeenByTheOriginTwice) {
  EXPECT_TRUE(Twice("example.com.example.com.", "example.com."));
  EXPECT_TRUE(Twice("a.b.Example.com.example.COM.", "example.com."));
  EXPECT_TRUE(Twice("1.2.0.192.in-addr.arpa.2.0.192.in-addr.arpa.", "2.0.192.in-addr.arpa."));
  EXPECT_FALSE(Twice("www.example.com.", "example.com."));
  EXPECT_FALSE(Twice("xexample.com.example.com.", "example.com."));
  EXPECT_FALSE(Twice("com.example.com.", "example.com."));
}

TEST(MissingDot, NotInZonesOfOneLabel) {
  EXPECT_FALSE(Twice("a.com.com.", "com."));
  EXPECT_FALSE(Twice("a.", "."));
}

}  // namespace
}  // namespace strata::zonec
