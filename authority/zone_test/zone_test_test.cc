// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_test.h"

#include "authority/testing/test_zone.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

ZoneTestResult Tested(const std::string& text) {
  const ZoneCatalog catalog({MakeZone("example.", "www 300 A 192.0.2.1")});
  return TestZones({"e.answers", text, "update it"}, catalog, zonec::kNoColours).value();
}

TEST(ZoneTestTest, AllAsExpected) {
  const ZoneTestResult result = Tested("www A\n  A 192.0.2.1\nx A\n  NXDOMAIN\n");
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.report, "e.answers: 2 questions, 0 answered wrongly\n");
}

TEST(ZoneTestTest, AnswersThatDiffer) {
  const std::string text = "www A\n  A 192.0.2.1\n  A 192.0.2.2\nx A\n";
  const ZoneTestResult result = Tested(text);
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.report,
            "e.answers:3:3: error: www.example. A: the answer is not what is expected\n"
            "  A 192.0.2.2\n"
            "  ^\n"
            "  - expected, + answered:\n"
            "    A 192.0.2.1\n"
            "  - A 192.0.2.2\n"
            "e.answers:4:1: error: x.example. A: nothing is expected\n"
            "x A\n"
            "^\n"
            "  - expected, + answered:\n"
            "  + NXDOMAIN\n"
            "e.answers: 2 questions, 2 answered wrongly\n"
            "Mend the zone; or, if the answers are right, let them be written into the file and read its diff:\n"
            "  update it\n");
  EXPECT_EQ(result.updated, "www A\n  A 192.0.2.1\nx A\n    NXDOMAIN\n");
}

TEST(ZoneTestTest, MistakesInTheFile) {
  const ZoneTestResult result = Tested("www A\n  A 192.0.2.\nx BB\n");
  EXPECT_TRUE(result.has_mistakes);
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(result.report, testing::StartsWith("e.answers:2:5: error: "));
  EXPECT_THAT(result.report, testing::HasSubstr("\ne.answers:3:3: error: unknown type \"BB\""));
  EXPECT_THAT(result.report, testing::EndsWith("e.answers: 2 mistakes; nothing was asked\n"));
  EXPECT_FALSE(Tested("").ok());
}

}  // namespace
}  // namespace strata::authority
