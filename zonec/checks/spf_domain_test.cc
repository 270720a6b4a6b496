// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/spf_domain.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(SpfDomain, EndsInATopLabelOrAMacro) {
  for (const char* good : {"example.com", "example.com.", "_spf.example.co-m", "%{i}._spf.%{d2}", "%{ir}.x.example",
                           "a.%{l1r-}", "x.%{d}", "a%%b.example", "%{S}.example", "x%-"}) {
    EXPECT_TRUE(IsDomainSpec(good)) << good;
  }
  for (const char* bad : {"", "com", "192.0.2.1", "example.", ".", "example.-com", "example.com-", "a b.example",
                          "%{x}", "%{d", "%", "%d.example", "%{}", "ex\xc3\xa4mple.com", "a.example:b", "%{d}x"}) {
    EXPECT_FALSE(IsDomainSpec(bad)) << bad;
  }
}

TEST(SpfDomain, MacroStringsHoldAnythingVisible) {
  EXPECT_TRUE(IsMacroString(""));
  EXPECT_TRUE(IsMacroString("a/b:c=%{d}"));
  EXPECT_FALSE(IsMacroString("a b"));
  EXPECT_FALSE(IsMacroString("100%"));
}

}  // namespace
}  // namespace strata::zonec
