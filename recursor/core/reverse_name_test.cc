// Tests of reverse names.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reverse_name.h"

#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::recursor {
namespace {

TEST(ReverseNameTest, OfBothFamilies) {
  EXPECT_EQ(dns::WireNameToText(ReverseName(absl::string_view("\xc0\x00\x02\x0a", 4))), "10.2.0.192.in-addr.arpa.");
  EXPECT_EQ(dns::WireNameToText(
                ReverseName(absl::string_view("\x20\x01\x0d\xb8\x43\x21\0\x12\x05\x67\0\x89\0\x0a\xbc\xde", 16))),
            "e.d.c.b.a.0.0.0.9.8.0.0.7.6.5.0.2.1.0.0.1.2.3.4.8.b.d.0.1.0.0.2.ip6.arpa.");
}

}  // namespace
}  // namespace strata::recursor
