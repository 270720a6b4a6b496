// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/answers_update.h"

#include <string>

#include "authority/testing/test_zone.h"
#include "authority/zone_test/expectation_parser.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

// The updated text, which updating again must leave as it is.
std::string Updated(const std::string& text, bool again = true) {
  const ZoneCatalog catalog({MakeZone("e.", "@ MX 10 mail\nmail A 192.0.2.25\nwww 300 A 192.0.2.1\nsub NS ns.other.")});
  const ParsedExpectations parsed = ParseExpectations(text, dns::Name::FromText("e.").value());
  EXPECT_TRUE(parsed.mistakes.empty()) << parsed.mistakes[0].message;
  AnswersUpdate update(text);
  for (const Expectation& expectation : parsed.expectations) {
    const ZoneAnswer answer = AskZones(catalog, expectation.question).value();
    const Difference difference = Compare(expectation, answer);
    EXPECT_TRUE(again || !difference.any());
    if (difference.any()) update.Apply(expectation, answer, difference);
  }
  const std::string updated = std::move(update).Finish();
  if (again) {
    EXPECT_EQ(Updated(updated, false), updated);
  }
  return updated;
}

TEST(AnswersUpdateTest, WhatIsRightStays) {
  const std::string text = "; head\nwww A ; the web\n\tA 192.0.2.1 ; here\n\n; more\nx A\r\n  NXDOMAIN\r\n; end";
  EXPECT_EQ(Updated(text), text);
}

TEST(AnswersUpdateTest, QuestionsGetTheirAnswers) {
  EXPECT_EQ(Updated("www A"), "www A\n    A 192.0.2.1\n");
  EXPECT_EQ(Updated("www A\n\nx A ; nobody\n; end\n"), "www A\n    A 192.0.2.1\n\nx A ; nobody\n    NXDOMAIN\n; end\n");
  EXPECT_EQ(Updated("sub A\n"), "sub A\n    REFERRAL to ns.other.\n");
}

TEST(AnswersUpdateTest, WrongLinesGoAndMissingOnesCome) {
  EXPECT_EQ(Updated("www A\n  A 192.0.2.7 ; old\n  ; kept\nx A\n  NODATA\n"),
            "www A\n    A 192.0.2.1\n  ; kept\nx A\n    NXDOMAIN\n");
  EXPECT_EQ(Updated("www A\n  60 A (\n 192.0.2.1\n) ; old\nx A\n  NXDOMAIN"),
            "www A\n    300 A 192.0.2.1\nx A\n  NXDOMAIN");
  EXPECT_EQ(Updated("www A\n NXDOMAIN"), "www A\n    A 192.0.2.1\n");
}

TEST(AnswersUpdateTest, RecordsComeIntoTheirSections) {
  EXPECT_EQ(Updated("@ MX\n  additional:\n  ; none\n  authority:"),
            "@ MX\n    MX 10 mail.e.\n  additional:\n    mail.e. A 192.0.2.25\n  ; none\n  authority:");
}

}  // namespace
}  // namespace strata::authority
