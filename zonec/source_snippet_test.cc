// SPDX-License-Identifier: Apache-2.0
#include "zonec/source_snippet.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

// The token at `start`.
std::string Token(const std::string& line, size_t start, Format language) {
  return line.substr(start, TokenSize(line, start, language));
}

std::string Snippet(const std::string& name, const std::string& text, uint32_t offset) {
  Sources sources;
  std::string out;
  AppendSnippet({*sources.Add(name, text), offset}, kNoColours, &sources, &out);
  return out;
}

TEST(TokenSize, OfMasterFiles) {
  EXPECT_EQ(Token("www A 300.1.1.1;x", 6, Format::kBind), "300.1.1.1");
  EXPECT_EQ(Token("a\\ b.c d", 0, Format::kBind), "a\\ b.c");
  EXPECT_EQ(Token("TXT \"a \\\" b\" c", 4, Format::kBind), "\"a \\\" b\"");
  EXPECT_EQ(Token("TXT \"never", 4, Format::kBind), "\"never");
  EXPECT_EQ(Token("( x", 0, Format::kBind), "(");
  EXPECT_EQ(Token("alpn=\"h2 h3\" x", 0, Format::kBind), "alpn=\"h2 h3\"");
  EXPECT_EQ(Token("x\\", 0, Format::kBind), "x\\");
  EXPECT_EQ(TokenSize("x", 1, Format::kBind), 0u);
}

TEST(TokenSize, OfPyzones) {
  EXPECT_EQ(Token("f(name, 1)", 2, Format::kPyzone), "name");
  EXPECT_EQ(Token("f(12.5)", 2, Format::kPyzone), "12.5");
  EXPECT_EQ(Token("A('a)b', x)", 2, Format::kPyzone), "'a)b'");
  EXPECT_EQ(Token("A(rb'a' + x)", 2, Format::kPyzone), "rb'a'");
  EXPECT_EQ(Token("x //= 2", 2, Format::kPyzone), "//=");
  EXPECT_EQ(Token("[1]", 0, Format::kPyzone), "[");
  EXPECT_EQ(Token("\"\"\"long x", 0, Format::kPyzone), "\"\"\"long x");
}

TEST(AppendSnippet, UnderlinesCharacters) {
  EXPECT_EQ(Snippet("a.zone", "www A 300.1.1.1 ; x\n", 6), "www A 300.1.1.1 ; x\n      ^~~~~~~~~\n");
  EXPECT_EQ(Snippet("a.zone", "\tTXT \xc3\xbc\xe2\x82\xac\n", 5), "\tTXT \xc3\xbc\xe2\x82\xac\n\t    ^~\n");
  EXPECT_EQ(Snippet("a.py", "x = f('a', b)\n", 6), "x = f('a', b)\n      ^~~\n");
}

TEST(Printable, HasNoControlCharacters) { EXPECT_EQ(Printable("a\tb\x1b[1m\xff\xc2\x85"), "a\tb?[1m???"); }

}  // namespace
}  // namespace strata::zonec
