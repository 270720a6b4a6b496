// SPDX-License-Identifier: Apache-2.0
#include "dns/text/utf8.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(Utf8, TakesTheLimitsOfEachSize) {
  for (const char* text : {"", "a\x7f", "\xc2\x80\xdf\xbf", "\xe0\xa0\x80\xef\xbf\xbf", "\xed\x9f\xbf\xee\x80\x80",
                           "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(Utf8, RefusesTheRest) {
  for (const char* text : {"\x80", "\xc1\x81", "\xc2", "\xc2\x41", "\xe0\x9f\xbf" /* overlong */,
                           "\xed\xa0\x80" /* a surrogate */, "\xe1\x80", "\xe1\x80\x41", "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80" /* above U+10FFFF */, "\xf5\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

}  // namespace
}  // namespace strata::dns
