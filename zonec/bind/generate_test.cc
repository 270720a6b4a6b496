// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/generate.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/bind/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Expand(absl::string_view pattern, uint32_t value) {
  std::string out;
  const absl::Status status = ExpandPattern(pattern, value, &out);
  return status.ok() ? out : absl::StrCat("error: ", status.message());
}

TEST(ExpandPattern, PutsTheNumberIn) {
  EXPECT_EQ(Expand("host$.a$", 7), "host7.a7");
  EXPECT_EQ(Expand("plain", 7), "plain");
  EXPECT_EQ(Expand("a$$b", 7), "a$b");
  EXPECT_EQ(Expand("a\\$b$", 7), "a\\$b7");
}

TEST(ExpandPattern, Formats) {
  EXPECT_EQ(Expand("${5}", 7), "12");
  EXPECT_EQ(Expand("${-7}", 7), "0");
  EXPECT_EQ(Expand("h${0,3}x", 7), "h007x");
  EXPECT_EQ(Expand("${0,3,d}", 1234), "1234");
  EXPECT_EQ(Expand("${0,4,x} ${0,4,X} ${0,4,o}", 250), "00fa 00FA 0372");
  EXPECT_EQ(Expand("${0,0,n}", 0x1fa), "a.f.1");
  EXPECT_EQ(Expand("${0,7,N}", 0xfa), "A.F.0.0");
  EXPECT_EQ(Expand("${0,8,n}", 0xfa), "a.f.0.0.");
}

TEST(ExpandPattern, SaysWhatIsWrong) {
  EXPECT_THAT(Expand("${", 1), HasSubstr("without"));
  EXPECT_THAT(Expand("${}", 1), HasSubstr("is not ${offset,width,base}"));
  EXPECT_THAT(Expand("${1,2,q}", 1), HasSubstr("is not ${offset,width,base}"));
  EXPECT_THAT(Expand("${1,2,d,3}", 1), HasSubstr("is not ${offset,width,base}"));
  EXPECT_THAT(Expand("${0,100000}", 1), HasSubstr("is not ${offset,width,base}"));
  EXPECT_THAT(Expand("${-2}", 1), HasSubstr("leaves 0 to 2147483647"));
}

TEST(ParseGenerateRange, TakesRangesAndSteps) {
  EXPECT_EQ(ParseGenerateRange("1-10")->Count(), 10u);
  EXPECT_EQ(ParseGenerateRange("1-10/3")->Count(), 4u);
  EXPECT_EQ(ParseGenerateRange("5-5")->Count(), 1u);
  for (const char* bad : {"", "1", "1-", "-1", "2-1", "1-2/0", "1-2/", "1-2/x", "1-2x", "0-2147483648", "+1-2"}) {
    EXPECT_FALSE(ParseGenerateRange(bad).ok()) << bad;
  }
}

TEST(Generate, MakesARecordForEachNumber) {
  const ParseOutcome outcome = ParseText(
      "$TTL 1\n$GENERATE 1-3/2 h$ A 192.0.2.$\n$GENERATE 2-2 $ 60 IN CNAME h$\n$GENERATE 1-1 m$ MX \"10 mx$\"\n"
      "$GENERATE 1-1 n$ MX 10 mx$\n$GENERATE 1-1 t$ TXT \"a $\" b\n"
      "$GENERATE 1-1 u$ TXT \"\\\"a $\\\" b\"\n");
  EXPECT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.records,
              ElementsAre("h1.example. 1 A 192.0.2.1", "h3.example. 1 A 192.0.2.3", "2.example. 60 CNAME h2.example.",
                          "m1.example. 1 MX 10 mx1.example.", "n1.example. 1 MX 10 mx1.example.",
                          "t1.example. 1 TXT \"a 1\" \"b\"", "u1.example. 1 TXT \"a 1\" \"b\""));
  EXPECT_EQ(outcome.places[0].line, 2u);
  EXPECT_EQ(outcome.places[0].column, 1u);
}

TEST(Generate, DoesNotChangeTheOwnerOfTheNextLine) {
  EXPECT_THAT(ParseText("$TTL 1\na A 192.0.2.1\n$GENERATE 1-1 h$ A 192.0.2.2\n A 192.0.2.3\n").records,
              ElementsAre("a.example. 1 A 192.0.2.1", "h1.example. 1 A 192.0.2.2", "a.example. 1 A 192.0.2.3"));
}

TEST(Generate, TellsOfTheFirstErrorAtItsPatternAndCountsTheOthers) {
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE 255-300 h$ A 192.0.2.$\n").errors,
              ElementsAre(HasSubstr("2:24 rdata: A: ")));
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE 255-300 h$ A 192.0.2.$\n").errors,
              ElementsAre(HasSubstr("; 44 more values go wrong")));
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE 1-300 h..$ A 192.0.2.$\n").errors,
              ElementsAre(HasSubstr("2:17 directive: an empty label")));
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE 1-3 h$ TXT \"\"\n").errors, ElementsAre(HasSubstr("the RDATA is empty")));
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE x h$ A 192.0.2.$\n").errors,
              ElementsAre(HasSubstr("2:11 directive: \"x\"")));
  EXPECT_THAT(ParseText("$TTL 1\n$GENERATE 1-2 h$ A\n").errors,
              ElementsAre(HasSubstr("2:19 directive: the directive")));
  EXPECT_THAT(ParseText("$GENERATE 1-2 h$ FOO x\n").errors, ElementsAre(HasSubstr("1:18 type: \"FOO\"")));
}

TEST(Generate, TheNumberOfRecordsIsBounded) {
  const ParseOutcome outcome = ParseText("$TTL 1\n$GENERATE 0-2147483647 h$ A 192.0.2.1\n");
  EXPECT_THAT(outcome.errors, ElementsAre(HasSubstr("2:11 directive: more than 1048576 records are generated in all")));
  EXPECT_THAT(outcome.records, SizeIs(0));
}

// The text is numbers of many digits in a comment: strings would take minutes of a slow build.
TEST(Generate, TheTextIsBounded) {
  std::string comment;
  for (int i = 0; i < 200; ++i) absl::StrAppend(&comment, "${0,255}");
  const ParseOutcome outcome = ParseText(
      absl::StrCat("$TTL 1\n$GENERATE 0-1048575 h$ A \"192.0.2.1 ;", comment, "\"\n$GENERATE 1-2 g$ A 192.0.2.1\n"));
  EXPECT_THAT(outcome.errors, Contains(HasSubstr("2:26 directive: more than 256 MiB of text are generated in all")));
}

}  // namespace
}  // namespace strata::zonec
