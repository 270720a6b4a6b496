// Tests with the sequences that RFC 3629 allows and forbids.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include "gtest/gtest.h"

namespace strata::base {
namespace {

constexpr size_t kValid = absl::string_view::npos;

TEST(Utf8, AcceptsWellFormedSequencesOfEveryLength) {
  EXPECT_EQ(FindInvalidUtf8(""), kValid);
  EXPECT_EQ(FindInvalidUtf8(absl::string_view("a\0b", 3)), kValid);
  EXPECT_EQ(FindInvalidUtf8("b\u00fccher \u20ac \U0001F600"), kValid);
  EXPECT_EQ(FindInvalidUtf8("\xF4\x8F\xBF\xBF"), kValid);  // U+10FFFF
}

TEST(Utf8, NamesTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FindInvalidUtf8("\u00fc\x80"), 2u);
  EXPECT_EQ(FindInvalidUtf8("a\xC3"), 1u);             // cut off
  EXPECT_EQ(FindInvalidUtf8("a\xE2\x82"), 1u);         // cut off
  EXPECT_EQ(FindInvalidUtf8("\xC0\x80"), 0u);          // not the shortest form
  EXPECT_EQ(FindInvalidUtf8("\xE0\x9F\xBF"), 0u);      // not the shortest form
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u);      // a surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);  // above U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("\xF1\x80\x80\x20"), 0u);  // a byte that does not continue
}

TEST(EscapedText, KeepsWhatIsPrintable) {
  EXPECT_EQ(EscapedText(""), "");
  EXPECT_EQ(EscapedText("it's b\u00fccher = 1"), "it's b\u00fccher = 1");
}

TEST(EscapedText, EscapesTheRest) {
  EXPECT_EQ(EscapedText("say \"x\"\n"), "say \\\"x\\\"\\n");
  EXPECT_EQ(EscapedText("\\'"), "\\\\'");
  EXPECT_EQ(EscapedText(absl::string_view("\0\x1B\x7F", 3)), "\\000\\033\\177");
  EXPECT_EQ(EscapedText("b\xFC'"), "b\\374'");
}

}  // namespace
}  // namespace strata::base
