// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Messages(const Diagnostics& diagnostics, size_t limit = 100) {
  std::vector<std::string> messages;
  for (const Diagnostic* diagnostic : diagnostics.Sorted(limit)) messages.push_back(diagnostic->message);
  return messages;
}

TEST(Diagnostics, SortsByPositionAndKeepsTheOrderWithinOne) {
  Diagnostics diagnostics;
  diagnostics.Error({0, 9}, "x", "third");
  diagnostics.Warning({0, 2}, "x", "first");
  diagnostics.Error({0, 2}, "x", "second");
  diagnostics.Error({1, 0}, "x", "fourth");
  EXPECT_THAT(Messages(diagnostics), ElementsAre("first", "second", "third", "fourth"));
  EXPECT_EQ(diagnostics.error_count(), 3u);
  EXPECT_EQ(diagnostics.warning_count(), 1u);
  EXPECT_FALSE(diagnostics.ok());
}

TEST(Diagnostics, SortsReadingsOfOneTextTogether) {
  Sources sources;
  const FileId zone = *sources.Add("zone", "x");
  const FileId part = *sources.Add("part", "y");
  const FileId again = sources.Enter(zone, {EnteredBy::kCall, {zone, 0}, "f"});
  Diagnostics diagnostics;
  diagnostics.Error({part, 0}, "x", "part");
  diagnostics.Error({again, 5}, "x", "second reading");
  diagnostics.Error({zone, 5}, "x", "first reading");
  diagnostics.Error({again, 3}, "x", "further up");
  std::vector<std::string> messages;
  for (const Diagnostic* diagnostic : diagnostics.Sorted(9, &sources)) messages.push_back(diagnostic->message);
  EXPECT_THAT(messages, ElementsAre("further up", "first reading", "second reading", "part"));
}

TEST(Diagnostics, WhatSaysTheSameOfOnePlaceIsOneFinding) {
  Sources sources;
  const FileId zone = *sources.Add("zone", "x");
  const FileId again = sources.Enter(zone, {EnteredBy::kCall, {zone, 0}, "f"});
  Diagnostics diagnostics;
  for (int i = 0; i < 3; ++i) {
    diagnostics.Error({zone, 5}, "x", "one");
    diagnostics.Error({again, 5}, "x", "two");
    diagnostics.Error({again, 5}, "x", "one");
  }
  diagnostics.Error({zone, 6}, "x", "one");
  diagnostics.Warning({zone, 5}, "x", "one");
  std::vector<std::string> findings;
  for (const Finding& finding : diagnostics.Findings(9, sources)) {
    findings.push_back(finding.diagnostic->message + " " + std::to_string(finding.more));
  }
  EXPECT_THAT(findings, ElementsAre("one 5", "one 0", "two 2", "one 0"));
  EXPECT_EQ(diagnostics.Findings(2, sources).size(), 2u);
  EXPECT_EQ(diagnostics.error_count(), 10u);
}

TEST(Diagnostics, ShowsErrorsBeforeWarningsWhenThereAreTooMany) {
  Diagnostics diagnostics;
  for (uint32_t i = 0; i < 10; ++i) diagnostics.Warning({0, i}, "x", "warning");
  diagnostics.Error({0, 5}, "x", "error");
  EXPECT_THAT(Messages(diagnostics, 3), ElementsAre("warning", "warning", "error"));
}

TEST(Diagnostics, StrictMakesWarningsErrors) {
  Diagnostics diagnostics(CheckLevels(/*strict=*/true));
  diagnostics.Warning({0, 0}, "x", "w");
  EXPECT_FALSE(diagnostics.ok());
  EXPECT_EQ(diagnostics.Sorted(1)[0]->severity, Severity::kError);
}

TEST(Diagnostics, LevelsChangeTheSeverityOrDropWhatIsFound) {
  CheckLevels levels;
  ASSERT_TRUE(levels.Set("no-address", Level::kError).ok());
  ASSERT_TRUE(levels.Set("ttl-mismatch", Level::kIgnored).ok());
  ASSERT_TRUE(levels.Set("ns-missing", Level::kWarning).ok());
  Diagnostics diagnostics(levels);
  diagnostics.Warning({0, 0}, "ttl-mismatch", "dropped");
  diagnostics.Error({0, 0}, "ns-missing", "lowered");
  EXPECT_TRUE(diagnostics.ok());
  diagnostics.Warning({0, 1}, "no-address", "raised");
  EXPECT_THAT(Messages(diagnostics), ElementsAre("lowered", "raised"));
  EXPECT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.warning_count(), 1u);
}

TEST(Diagnostics, KeepsABoundedNumberAndCountsTheOthers) {
  Diagnostics diagnostics;
  for (uint32_t i = 0; i < Diagnostics::kMaxKept + 5; ++i) diagnostics.Warning({0, i}, "x", "w");
  diagnostics.Error({0, 0}, "x", "e");
  EXPECT_EQ(diagnostics.warning_count(), Diagnostics::kMaxKept + 5);
  EXPECT_EQ(diagnostics.Sorted(1000000).size(), Diagnostics::kMaxKept + 1);
}

TEST(Diagnostics, LongMessagesLoseTheirMiddle) {
  const std::string euros = [] {
    std::string out;
    for (int i = 0; i < 5000; ++i) out += "\u20ac";
    return out;
  }();
  Diagnostics diagnostics;
  diagnostics.Error({0, 0}, "x", "head " + euros + " tail", {{{0, 1}, "note " + euros}});
  const Diagnostic& kept = *diagnostics.Sorted(1)[0];
  EXPECT_LE(kept.message.size(), Diagnostics::kMaxMessage + 5);
  EXPECT_EQ(kept.message.substr(0, 8), "head \u20ac");
  EXPECT_EQ(kept.message.substr(kept.message.size() - 8), "\u20ac tail");
  // Between characters.
  EXPECT_NE(kept.message.find("\u20ac[...]\u20ac"), std::string::npos);
  EXPECT_LE(kept.notes[0].message.size(), Diagnostics::kMaxMessage + 5);
}

}  // namespace
}  // namespace strata::zonec
