// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/address_name.h"

#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

std::string Of(absl::string_view text) { return AddressInName(dns::Name::FromText(text)->wire()); }

TEST(AddressName, FindsAddresses) {
  EXPECT_EQ(Of("192.0.2.1."), "192.0.2.1");
  EXPECT_EQ(Of("192.0.2.1.example.com."), "192.0.2.1");
  EXPECT_EQ(Of("2001:db8::1.example."), "2001:db8::1");
}

TEST(AddressName, LeavesNamesAlone) {
  for (const char* name :
       {".", "mail.example.", "1.example.", "300.0.2.1.example.", "1.2.3.", "192.0.2.x.example.", "a:b.example.",
        "a:b:c.example.", "1.2.0.192.in-addr.arpa.", "1.2.0.192.IN-ADDR.ARPA.", "3com.example."}) {
    EXPECT_EQ(Of(name), "") << name;
  }
}

}  // namespace
}  // namespace strata::zonec
