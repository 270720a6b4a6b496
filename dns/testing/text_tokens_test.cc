// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/text_tokens.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

// Each token in brackets, quoted ones in double ones.
std::string Show(absl::string_view line) {
  std::string out;
  for (const TextToken& token : SplitTextTokens(line)) {
    absl::StrAppend(&out, token.quoted ? "[[" : "[", token.text, token.quoted ? "]]" : "]");
  }
  return out;
}

TEST(SplitTextTokens, SplitsAtBlanksOutsideOfQuotes) {
  EXPECT_EQ(Show(" a\tbc  \"d e\" \"\""), "[a][bc][[d e]][[]]");
  EXPECT_EQ(Show(""), "");
}

TEST(SplitTextTokens, LeavesEscapesInPlace) {
  EXPECT_EQ(Show(R"(a\ b "c\"d" \"e)"), R"([a\ b][[c\"d]][\"e])");
  EXPECT_EQ(Show("a\\"), "[a\\]");
}

TEST(SplitTextTokens, KeepsQuotesInTheMiddleOfAToken) {
  EXPECT_EQ(Show(R"(k="a b" l)"), R"([k="a b"][l])");
  EXPECT_EQ(Show(R"(k="a)"), R"([k="a])");
}

}  // namespace
}  // namespace strata::dns
