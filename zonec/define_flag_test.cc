// SPDX-License-Identifier: Apache-2.0
#include "zonec/define_flag.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::string ErrorOf(const std::vector<std::string>& texts) {
  return std::string(ParseDefines(texts).status().message());
}

TEST(ParseDefines, SplitsAtTheFirstEqualsSign) {
  EXPECT_THAT(*ParseDefines({"site=fra", "_b2=", "a==1"}),
              ElementsAre(Pair("_b2", ""), Pair("a", "=1"), Pair("site", "fra")));
  EXPECT_TRUE(ParseDefines({})->empty());
}

TEST(ParseDefines, ErrorsQuoteTheFlag) {
  EXPECT_EQ(ErrorOf({"site"}), "--define=site has no value; write --define=site=VALUE");
  EXPECT_EQ(ErrorOf({"1a=2"}), "--define=1a=2: \"1a\" is no name of a variable; write --define=NAME=VALUE");
  EXPECT_EQ(ErrorOf({"=2"}), "--define==2: \"\" is no name of a variable; write --define=NAME=VALUE");
  EXPECT_EQ(ErrorOf({"a b=2"}), "--define=a b=2: \"a b\" is no name of a variable; write --define=NAME=VALUE");
  EXPECT_EQ(ErrorOf({"a=1", "a=2"}), "--define=a=2: a is given twice");
}

}  // namespace
}  // namespace strata::zonec
