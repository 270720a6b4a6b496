// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/entry_place.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;

// The lines of each entry.
std::vector<std::string> Lines(const std::string& text) {
  zonec::Lexer lexer(text);
  zonec::Entry entry;
  std::vector<std::string> lines;
  size_t behind = 0;
  while (lexer.Next(&entry)) {
    EXPECT_FALSE(entry.error);
    const Place place = PlaceOf(text, entry, behind);
    EXPECT_LE(place.begin, place.at);
    EXPECT_LT(place.at, place.end);
    behind = place.end;
    lines.push_back(text.substr(place.begin, place.end - place.begin));
  }
  return lines;
}

TEST(EntryPlaceTest, LinesWithTheirEnds) {
  EXPECT_THAT(Lines("a A\n  b ; c\r\n\n; d\ne"), ElementsAre("a A\n", "  b ; c\r\n", "e"));
  EXPECT_THAT(Lines("a\rb"), ElementsAre("a\r", "b"));
}

TEST(EntryPlaceTest, ParenthesesJoinLines) {
  EXPECT_THAT(Lines("a ( 1 ; )\n 2\n) ; x\nb"), ElementsAre("a ( 1 ; )\n 2\n) ; x\n", "b"));
  EXPECT_THAT(Lines("x\n; (\n(\n a ) \nb"), ElementsAre("x\n", "(\n a ) \n", "b"));
  EXPECT_THAT(Lines("a ( \")\" \";\" ; (\n )\nb"), ElementsAre("a ( \")\" \";\" ; (\n )\n", "b"));
}

TEST(EntryPlaceTest, QuotedTokensStartAtTheirQuote) {
  const std::string text = " \"a\"";
  zonec::Lexer lexer(text);
  zonec::Entry entry;
  ASSERT_TRUE(lexer.Next(&entry));
  EXPECT_EQ(PlaceOf(text, entry, 0).at, 1u);
}

}  // namespace
}  // namespace strata::authority
