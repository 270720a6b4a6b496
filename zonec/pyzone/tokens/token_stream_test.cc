// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/token_stream.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"
#include "zonec/pyzone/tokens/lexer.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {
namespace {

class TokenStreamTest : public ::testing::Test {
 protected:
  TokenStream Open(absl::string_view text) { return TokenStream(Lexer(text), FileId{}, &test_.run); }

  RunWithLimits test_;
};

TEST_F(TokenStreamTest, GoesOnByWhatIsAccepted) {
  TokenStream tokens = Open("a + 'b'\n");
  EXPECT_EQ(tokens.current().text, "a");
  EXPECT_FALSE(tokens.Accept("+"));
  EXPECT_TRUE(tokens.Accept("a"));
  EXPECT_EQ(tokens.position().offset, 2u);
  EXPECT_TRUE(tokens.Expect("+", ""));
  // A string is no keyword, whatever it says.
  EXPECT_FALSE(tokens.Is("'b'"));
  EXPECT_TRUE(tokens.Is(TokenKind::kString));
  EXPECT_FALSE(test_.run.failed());
}

TEST_F(TokenStreamTest, SaysWhatStandsThereAndWhatShould) {
  TokenStream tokens = Open("a b");
  EXPECT_FALSE(tokens.Expect(":", "behind it"));
  EXPECT_EQ(test_.error(), "`a` stands where `:` behind it is expected");
}

TEST_F(TokenStreamTest, AForeignWordIsTheReason) {
  EXPECT_FALSE(Open("while").FailUnexpected("a value"));
  EXPECT_EQ(test_.error(), "`while` is not part of the language: write `for ... in range(...)`");
}

TEST_F(TokenStreamTest, AnErrorOfTheLexerIsTheReason) {
  EXPECT_FALSE(Open("'a").Fail("something is missing"));
  EXPECT_EQ(test_.error(), "the string is not closed on its line");
}

TEST_F(TokenStreamTest, NamesTheEnd) {
  EXPECT_FALSE(Open("").FailUnexpected("a value"));
  EXPECT_EQ(test_.error(), "the end of the text stands where a value is expected");
}

}  // namespace
}  // namespace strata::zonec::pyzone
