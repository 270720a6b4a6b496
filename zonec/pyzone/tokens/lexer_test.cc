// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/lexer.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

using ::testing::ElementsAre;

// The tokens' spellings; a blank line's end is "NL", more and less indentation "<" and ">".
std::vector<std::string> Tokens(absl::string_view text) {
  Lexer lexer(text);
  std::vector<std::string> out;
  while (out.size() < 100) {
    const Token token = lexer.Next();
    switch (token.kind) {
      case TokenKind::kEnd:
        return out;
      case TokenKind::kNewline:
        out.push_back("NL");
        break;
      case TokenKind::kIndent:
        out.push_back("->");
        break;
      case TokenKind::kDedent:
        out.push_back("<-");
        break;
      case TokenKind::kError:
        out.push_back("error: " + std::string(token.text));
        break;
      default:
        out.push_back(std::string(token.text));
    }
  }
  return out;
}

TEST(PyzoneLexer, CutsAtOperators) {
  EXPECT_THAT(Tokens("a**b//=c!=-1.5e+3x"), ElementsAre("a", "**", "b", "//=", "c", "!=", "-", "1.5e+3x", "NL"));
  EXPECT_THAT(Tokens("f(x)[0]\n"), ElementsAre("f", "(", "x", ")", "[", "0", "]", "NL"));
}

TEST(PyzoneLexer, KnowsStringsOfAllKinds) {
  EXPECT_THAT(Tokens(R"('a' b"b" Rb'\'' f"{x}" br 'x')"),
              ElementsAre("'a'", "b\"b\"", "Rb'\\''", "f\"{x}\"", "br", "'x'", "NL"));
  EXPECT_THAT(Tokens("'''a\n'b\n''' \"\"\"\"\"\""), ElementsAre("'''a\n'b\n'''", "\"\"\"\"\"\"", "NL"));
  EXPECT_THAT(Tokens("'a\nb'"), ElementsAre("error: the string is not closed on its line"));
  EXPECT_THAT(Tokens("x '''a"), ElementsAre("x", "error: the string is never closed"));
}

TEST(PyzoneLexer, JoinsLines) {
  EXPECT_THAT(Tokens("a = (1,\n  # comment\n\n 2)\nb"),
              ElementsAre("a", "=", "(", "1", ",", "2", ")", "NL", "b", "NL"));
  EXPECT_THAT(Tokens("a \\\r\n b\r"), ElementsAre("a", "b", "NL"));
  EXPECT_THAT(Tokens("a \\ b"), ElementsAre("a", "error: a backslash joins lines, and has to be the last on its line"));
}

TEST(PyzoneLexer, CountsIndentation) {
  EXPECT_THAT(Tokens("a\n  b\n\n # x\n  c\n    d\ne"),
              ElementsAre("a", "NL", "->", "b", "NL", "c", "NL", "->", "d", "NL", "<-", "<-", "e", "NL"));
  EXPECT_THAT(Tokens("a\n\tb"), ElementsAre("a", "NL", "->", "b", "NL", "<-"));
  EXPECT_THAT(Tokens("a\n    b\n  c"),
              ElementsAre("a", "NL", "->", "b", "NL", "error: the indentation matches that of no line before"));
  EXPECT_THAT(Tokens("a\n        b\n\tc").back(),
              "error: tabs and spaces are mixed in the indentation; use spaces only");
}

TEST(PyzoneLexer, TakesNothingElse) {
  EXPECT_THAT(Tokens("a ?"), ElementsAre("a", "error: a character that means nothing here"));
  EXPECT_THAT(Tokens("ä"),
              ElementsAre("error: a character that is not ASCII, outside of a string; identifiers are ASCII here"));
  EXPECT_THAT(Tokens(""), ElementsAre());
  EXPECT_THAT(Tokens("\xef\xbb\xbf# x"), ElementsAre());
}

}  // namespace
}  // namespace strata::zonec::pyzone
