// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/check_levels.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

std::string Message(const absl::Status& status) { return std::string(status.message()); }

TEST(CheckRows, AreNamedOnceAndStandTogetherByTheme) {
  std::set<absl::string_view> names, themes;
  absl::string_view theme;
  for (const CheckRow& row : CheckRows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.theme == theme || themes.insert(row.theme).second) << row.name;
    theme = row.theme;
    EXPECT_EQ(FindCheckRow(row.name), &row);
    EXPECT_TRUE(!row.fixed || row.level == Level::kError) << row.name;
    EXPECT_FALSE(row.summary.empty() || row.summary.back() == '.') << row.name;
  }
  EXPECT_EQ(FindCheckRow("no-such-check"), nullptr);
}

TEST(CheckLevels, AreTheTablesUnlessSet) {
  CheckLevels levels;
  EXPECT_EQ(levels.OfWarning("no-address"), Level::kWarning);
  EXPECT_EQ(levels.OfError("ns-missing"), Level::kError);
  EXPECT_TRUE(levels.Set("no-address", Level::kError).ok());
  EXPECT_TRUE(levels.Set("duplicate-record", Level::kIgnored).ok());
  EXPECT_TRUE(levels.Set("ns-missing", Level::kWarning).ok());
  EXPECT_EQ(levels.OfWarning("no-address"), Level::kError);
  EXPECT_TRUE(levels.IsIgnored("duplicate-record"));
  EXPECT_EQ(levels.OfError("ns-missing"), Level::kWarning);
  EXPECT_EQ(levels.OfWarning("ttl-mismatch"), Level::kWarning);
}

TEST(CheckLevels, StrictTurnsWarningsIntoErrorsUnlessTheyAreNamed) {
  CheckLevels levels(/*strict=*/true);
  EXPECT_TRUE(levels.Set("no-address", Level::kWarning).ok());
  EXPECT_TRUE(levels.Set("out-of-zone", Level::kIgnored).ok());
  EXPECT_EQ(levels.OfWarning("no-address"), Level::kWarning);
  EXPECT_EQ(levels.OfWarning("out-of-zone"), Level::kIgnored);
  EXPECT_EQ(levels.OfWarning("ttl-mismatch"), Level::kError);
  EXPECT_EQ(levels.OfWarning("of-no-table"), Level::kError);
}

TEST(CheckLevels, WhatIsWorseThanACheckOtherwiseReportsStaysAnError) {
  CheckLevels levels;
  EXPECT_TRUE(levels.Set("no-ttl", Level::kIgnored).ok());
  EXPECT_EQ(levels.OfWarning("no-ttl"), Level::kIgnored);
  EXPECT_EQ(levels.OfError("no-ttl"), Level::kError);  // there is no TTL to take
}

TEST(CheckLevels, SomeAreFixed) {
  CheckLevels levels;
  EXPECT_EQ(Message(levels.Set("multiple-cname", Level::kWarning)), "is always an error: a name has two CNAME records");
  EXPECT_THAT(Message(levels.Set("syntax", Level::kIgnored)), HasSubstr("is always an error"));
  EXPECT_TRUE(levels.Set("multiple-cname", Level::kError).ok());
  EXPECT_EQ(levels.OfError("multiple-cname"), Level::kError);
}

TEST(CheckLevels, RefuseUnknownNamesAndContradictions) {
  CheckLevels levels;
  EXPECT_EQ(Message(levels.Set("no-adress", Level::kError)),
            "is no check; did you mean no-address? (see zonec checks)");
  EXPECT_EQ(Message(levels.Set("", Level::kError)), "is no check (see zonec checks)");
  EXPECT_TRUE(levels.Set("no-address", Level::kError).ok());
  EXPECT_TRUE(levels.Set("no-address", Level::kError).ok());
  EXPECT_EQ(Message(levels.Set("no-address", Level::kIgnored)), "contradicts what was asked for before: error");
}

}  // namespace
}  // namespace strata::zonec
