// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_history.h"

#include <string>

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

ZoneVersion Version(const std::string& checksum) {
  ZoneVersion version;
  version.checksum = checksum;
  return version;
}

// Checksums in order, the active one in brackets.
std::string Text(const ZoneHistory& history) {
  std::string text;
  for (size_t i = 0; i < history.versions().size(); ++i) {
    const std::string& checksum = history.versions()[i].checksum;
    text += i == history.active_index() ? "[" + checksum + "]" : checksum;
    text += ' ';
  }
  return text;
}

ZoneHistory Of(const std::vector<std::string>& checksums) {
  ZoneHistory history;
  for (const std::string& checksum : checksums) history.Activate(Version(checksum), 3);
  return history;
}

TEST(ZoneHistoryTest, KeepsSoManyBeforeTheActiveOne) {
  EXPECT_EQ(Text(Of({"a"})), "[a] ");
  EXPECT_EQ(Text(Of({"a", "b", "c", "d"})), "a b c [d] ");
  EXPECT_EQ(Text(Of({"a", "b", "c", "d", "e"})), "b c d [e] ");
  ZoneHistory history = Of({"a", "b", "c"});
  history.Activate(Version("d"), 0);
  EXPECT_EQ(Text(history), "[d] ");
}

TEST(ZoneHistoryTest, WhatComesAgainMovesToTheEnd) { EXPECT_EQ(Text(Of({"a", "b", "a"})), "b [a] "); }

TEST(ZoneHistoryTest, RollsBackStepByStepAndForgetsThatWhenANewOneComes) {
  ZoneHistory history = Of({"a", "b", "c"});
  ASSERT_THAT(history.Find(""), IsOk());
  history.MakeActive(*history.Find(""));
  EXPECT_EQ(Text(history), "a [b] c ");
  history.MakeActive(*history.Find(""));
  EXPECT_EQ(Text(history), "[a] b c ");
  EXPECT_THAT(history.Find(""), StatusIs(absl::StatusCode::kNotFound, HasSubstr("--keep")));
  history.Activate(Version("d"), 3);
  EXPECT_EQ(Text(history), "a [d] ");
  EXPECT_TRUE(history.Holds("a"));
  EXPECT_FALSE(history.Holds("c"));
}

TEST(ZoneHistoryTest, VersionsAreFoundByTheBeginningOfTheirChecksums) {
  const ZoneHistory history = Of({"abc", "abd", "x"});
  EXPECT_EQ(*history.Find("abd"), 1u);
  EXPECT_EQ(*history.Find("x"), 2u);
  EXPECT_THAT(history.Find("ab"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("several")));
  EXPECT_THAT(history.Find("y"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("79")));
}

}  // namespace
}  // namespace strata::authority
