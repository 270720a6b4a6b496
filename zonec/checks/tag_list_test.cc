// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/tag_list.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

std::string Error(absl::string_view text) { return std::string(ParseTagList(text).status().message()); }

TEST(TagList, HasNamesAndValues) {
  const auto tags = ParseTagList(" v = DKIM1 ; p=a=b; x=;");
  ASSERT_TRUE(tags.ok()) << tags.status();
  ASSERT_EQ(tags->size(), 3u);
  EXPECT_EQ((*tags)[0].name, "v");
  EXPECT_EQ((*tags)[0].value, "DKIM1");
  EXPECT_EQ(FindTag(*tags, "p")->value, "a=b");
  EXPECT_EQ(FindTag(*tags, "x")->value, "");
  EXPECT_EQ(FindTag(*tags, "y"), nullptr);
  EXPECT_TRUE(ParseTagList("")->empty());
}

TEST(TagList, MayBeNone) {
  EXPECT_EQ(Error("v=1; none"), "\"none\" is no tag: a = is missing");
  EXPECT_EQ(Error("v=1;; p=x"), "a semicolon with no tag before it");
  EXPECT_EQ(Error(" ; "), "a semicolon with no tag before it");
  EXPECT_EQ(Error("v=1; 1p=x"), "\"1p\" is no name of a tag");
  EXPECT_EQ(Error("v=1; =x"), "\"\" is no name of a tag");
  EXPECT_EQ(Error("p=1; p=2"), "the tag p= stands there twice");
}

TEST(Quoted, IsOfBoundedSize) {
  EXPECT_EQ(Quoted("x"), "\"x\"");
  EXPECT_EQ(Quoted(std::string(100, 'x')), "\"" + std::string(60, 'x') + "...\"");
}

}  // namespace
}  // namespace strata::zonec
