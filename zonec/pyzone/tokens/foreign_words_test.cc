// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/foreign_words.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

TEST(ForeignWords, KeywordsAreThoseOfPython) {
  for (const char* word : {"for", "None", "finally", "while", "lambda", "import"}) EXPECT_TRUE(IsKeyword(word)) << word;
  for (const char* word : {"", "For", "print", "match", "type", "forx"}) EXPECT_FALSE(IsKeyword(word)) << word;
}

TEST(ForeignWords, AdviseWhatToWrite) {
  EXPECT_EQ(ForeignKeyword("while"), "`while` is not part of the language: write `for ... in range(...)`");
  EXPECT_EQ(ForeignFunction("type"), "`type` is not part of the language: ask isinstance(value, str)");
  EXPECT_EQ(ForeignKeyword("for"), "");
  EXPECT_EQ(ForeignKeyword("type"), "");
  EXPECT_EQ(ForeignFunction("while"), "");
  EXPECT_EQ(ForeignFunction("len"), "");
}

}  // namespace
}  // namespace strata::zonec::pyzone
