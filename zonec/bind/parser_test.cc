// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/parser.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/bind/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Parser, ReadsAZone) {
  const ParseOutcome outcome = ParseText(
      "\xef\xbb\xbf; a zone\r\n"
      "$ORIGIN example.test.\r\n"
      "$TTL 1H\r\n"
      "@ IN SOA ns root (\r\n"
      "    2024010101 ; serial\r\n"
      "    1H 15M 1W\r\n"
      "    1D )       ; minimum\r\n"
      "  IN NS ns\r\n"
      "  IN TXT \"v=spf1; -all\" ( \"two\"\r\n"
      "     three )\r\n"
      "ns A 192.0.2.1");
  EXPECT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.warnings, IsEmpty());
  EXPECT_THAT(
      outcome.records,
      ElementsAre("example.test. 3600 SOA ns.example.test. root.example.test. 2024010101 3600 900 604800 86400",
                  "example.test. 3600 NS ns.example.test.", "example.test. 3600 TXT \"v=spf1; -all\" \"two\" \"three\"",
                  "ns.example.test. 3600 A 192.0.2.1"));
}

TEST(Parser, ReportsAllMistakesInOneGo) {
  const ParseOutcome outcome = ParseText(
      "$TTL 60\n"
      "a A bad\n"
      "b A 192.0.2.1\n"
      "$NOSUCH\n"
      "c TXT \"open\n"
      "d XYZ 1\n"
      "e )\n"
      "f A 192.0.2.2\n");
  EXPECT_THAT(outcome.errors, ElementsAre(HasSubstr("2:5 rdata"), HasSubstr("4:1 directive"), HasSubstr("5:7 syntax"),
                                          HasSubstr("6:3 type"), HasSubstr("7:3 syntax")));
  EXPECT_THAT(outcome.records, ElementsAre("b.example. 60 A 192.0.2.1", "f.example. 60 A 192.0.2.2"));
}

TEST(Parser, AnEmptyTextIsAnEmptyZone) {
  EXPECT_THAT(ParseText("").records, IsEmpty());
  EXPECT_THAT(ParseText("").errors, IsEmpty());
}

TEST(Parser, LongLinesAndDeepParenthesesAreFine) {
  std::string text = "$TTL 1\na TXT ";
  text += std::string(100000, '(');
  for (int i = 0; i < 5000; ++i) absl::StrAppend(&text, " x", i);
  text += std::string(100000, ')');
  EXPECT_THAT(ParseText(text).errors, IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
