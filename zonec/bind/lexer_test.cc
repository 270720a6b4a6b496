// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/lexer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each entry as "a|b": "_" in front if it starts with a blank, quoted tokens in quotes, "!offset message" for an error.
std::vector<std::string> Lex(absl::string_view text) {
  std::vector<std::string> out;
  Lexer lexer(text);
  Entry entry;
  while (lexer.Next(&entry)) {
    std::string line = entry.starts_blank ? "_" : "";
    if (entry.error) {
      out.push_back(absl::StrCat("!", entry.error->at - text.data(), " ", entry.error->message));
      continue;
    }
    for (const dns::TextToken& token : entry.tokens) {
      if (&token != &entry.tokens[0]) line += "|";
      absl::StrAppend(&line, token.quoted ? "\"" : "", token.text, token.quoted ? "\"" : "");
    }
    out.push_back(line);
  }
  return out;
}

TEST(Lexer, CutsLinesIntoTokens) {
  EXPECT_THAT(Lex("www IN A 192.0.2.1\n\t IN\tTXT x\n"), ElementsAre("www|IN|A|192.0.2.1", "_IN|TXT|x"));
  EXPECT_THAT(Lex(""), IsEmpty());
  EXPECT_THAT(Lex("\n \n\t\n"), IsEmpty());
  EXPECT_THAT(Lex("a b"), ElementsAre("a|b"));  // without a final line end
}

TEST(Lexer, KnowsAllLineEndsAndSkipsAByteOrderMark) {
  EXPECT_THAT(Lex("a 1\r\nb 2\rc 3\n"), ElementsAre("a|1", "b|2", "c|3"));
  EXPECT_THAT(Lex("\xef\xbb\xbf"
                  "a 1\n"),
              ElementsAre("a|1"));
  EXPECT_THAT(Lex("a \xef\xbb\xbf\n"), ElementsAre("a|\xef\xbb\xbf"));
}

TEST(Lexer, CommentsEndWithTheirLine) {
  EXPECT_THAT(Lex("; all\na b;c \" ( d\n ; blank\n c;"), ElementsAre("a|b", "_c"));
  EXPECT_THAT(Lex("a \"b;c\" d\\;e"), ElementsAre("a|\"b;c\"|d\\;e"));
}

TEST(Lexer, ParenthesesJoinLines) {
  EXPECT_THAT(Lex("a ( b ; c\n  d\n) e\nf"), ElementsAre("a|b|d|e", "f"));
  EXPECT_THAT(Lex("a(b)c"), ElementsAre("a|b|c"));
  EXPECT_THAT(Lex("a ( ( b )\n c )\nd"), ElementsAre("a|b|c", "d"));
  EXPECT_THAT(Lex("( a\n b )\n( \n ) c"), ElementsAre("a|b", "c"));
  EXPECT_THAT(Lex("a \"(\" \\( b"), ElementsAre("a|\"(\"|\\(|b"));
}

TEST(Lexer, QuotedStringsKeepWhatIsInside) {
  EXPECT_THAT(Lex("a \"b c\" \"\" \"d\\\"e\""), ElementsAre("a|\"b c\"|\"\"|\"d\\\"e\""));
  EXPECT_THAT(Lex("a\"b\"\"c\"d"), ElementsAre("a|\"b\"|\"c\"|d"));
  EXPECT_THAT(Lex("a b\\\"c \\\\\"d\""), ElementsAre("a|b\\\"c|\\\\|\"d\""));
}

TEST(Lexer, BackslashesHideBlanksAndStayInTheToken) {
  EXPECT_THAT(Lex("a\\ b c\\032d \\065"), ElementsAre("a\\ b|c\\032d|\\065"));
}

TEST(Lexer, ReportsWhatIsWrongAndGoesOn) {
  EXPECT_THAT(Lex("a \"b\nc d"), ElementsAre("!2 the quoted string does not end on its line", "c|d"));
  EXPECT_THAT(Lex("a \"b\\\nc\" d"), ElementsAre("!2 the quoted string does not end on its line",
                                                 "!7 the quoted string does not end on its line"));
  EXPECT_THAT(Lex("a )\nc d"), ElementsAre("!2 ')' without '('", "c|d"));
  EXPECT_THAT(Lex("a b\\\nc d"), ElementsAre("!3 a backslash at the end of the line", "c|d"));
  EXPECT_THAT(Lex("a b\\"), ElementsAre("!3 a backslash at the end of the line"));
  EXPECT_THAT(Lex(absl::string_view("a b\0c\nd", 7)), ElementsAre("!3 a NUL octet; it is written \\000", "d"));
  EXPECT_THAT(Lex(absl::string_view("a \"b\0\"\nd", 8)), ElementsAre("!4 a NUL octet; it is written \\000", "d"));
}

TEST(Lexer, AfterAMistakeInParenthesesTheNextRecordIsRead) {
  EXPECT_THAT(Lex("a ( \"b\n  c\n\n )\nd e"), ElementsAre("!4 the quoted string does not end on its line", "d|e"));
  EXPECT_THAT(Lex("a ( \"b )\nd e\nf ( g )"),
              ElementsAre("!4 the quoted string does not end on its line", "d|e", "f|g"));
}

TEST(Lexer, AParenthesisWithoutEndDoesNotSwallowTheRest) {
  EXPECT_THAT(Lex("a ( b\nc d\ne f\n"), ElementsAre("!2 '(' is never closed", "c|d", "e|f"));
  // Once: reading again for each would take quadratic time.
  EXPECT_THAT(Lex("a ( b\nc ( d\ne f\n"), ElementsAre("!2 '(' is never closed", "!8 '(' is never closed"));
}

TEST(Lexer, TakesLinearTimeOnParenthesesWithoutEnd) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "a (\n";
  EXPECT_EQ(Lex(text).size(), 2u);
}

TEST(Lexer, TheTokensOfAnEntryAreBounded) {
  std::string text;
  for (size_t i = 0; i < kMaxTokens; ++i) text += "a ";
  Lexer fits(text);
  Entry entry;
  ASSERT_TRUE(fits.Next(&entry));
  EXPECT_FALSE(entry.error);
  const std::string longer = text + "b \"c\"\nd e";
  Lexer lexer(longer);
  ASSERT_TRUE(lexer.Next(&entry));
  ASSERT_TRUE(entry.error);
  EXPECT_EQ(entry.error->at, longer.data() + text.size());
  EXPECT_EQ(entry.error->message, "too many tokens for one entry");
  EXPECT_EQ(entry.tokens.size(), kMaxTokens);
  ASSERT_TRUE(lexer.Next(&entry));
  EXPECT_FALSE(entry.error);
  EXPECT_EQ(entry.tokens.size(), 2u);
}

}  // namespace
}  // namespace strata::zonec
