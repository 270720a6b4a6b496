// Tests of names of special use.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/special_names.h"

#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"

namespace strata::recursor {
namespace {

SpecialName Find(absl::string_view name) { return FindSpecialName(testing::WireName(name)); }

TEST(SpecialNamesTest, ThoseThatNeverLeaveTheMachine) {
  EXPECT_EQ(Find("localhost."), SpecialName::kLocalhost);
  EXPECT_EQ(Find("a.b.localhost."), SpecialName::kLocalhost);
  EXPECT_EQ(Find("invalid."), SpecialName::kNonexistent);
  EXPECT_EQ(Find("www.invalid."), SpecialName::kNonexistent);
  EXPECT_EQ(Find("abcdef.onion."), SpecialName::kNonexistent);
  EXPECT_EQ(Find("1.0.0.127.in-addr.arpa."), SpecialName::kLoopbackReverse);
  EXPECT_EQ(Find("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa."),
            SpecialName::kLoopbackReverse);
}

TEST(SpecialNamesTest, TheOthersAreForTheServers) {
  for (absl::string_view name :
       {".", "localhost.example.", "xlocalhost.", "local.", "test.", "www.test.", "home.arpa.", "example.com.",
        "2.0.0.127.in-addr.arpa.", "x.1.0.0.127.in-addr.arpa.", "onion.example."}) {
    EXPECT_EQ(Find(name), SpecialName::kNone) << name;
  }
}

}  // namespace
}  // namespace strata::recursor
