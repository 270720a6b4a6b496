// SPDX-License-Identifier: Apache-2.0
#include "dns/text/uri_template.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(UriTemplate, FindsAVariableInItsExpressions) {
  for (const char* text : {"/dns-query{?dns}", "{dns}", "/q{?a,dns}", "/q{&dns:10}", "/{a}{/dns*}/x"}) {
    EXPECT_TRUE(UriTemplateHasVariable(text, "dns")) << text;
  }
  for (const char* text : {"", "/dns", "{?dn}", "{?dnss}", "/{a}", "{}"}) {
    EXPECT_FALSE(UriTemplateHasVariable(text, "dns")) << text;
  }
}

TEST(UriTemplate, RefusesBracesThatDoNotMatch) {
  for (const char* text : {"{?dns", "?dns}", "{?dns}{", "{?dns}}", "{{?dns}}"}) {
    EXPECT_FALSE(UriTemplateHasVariable(text, "dns")) << text;
  }
}

}  // namespace
}  // namespace strata::dns
