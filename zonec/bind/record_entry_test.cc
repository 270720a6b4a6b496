// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/record_entry.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/bind/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(RecordEntry, OwnersAreRelativeAbsoluteInheritedOrTheOrigin) {
  const ParseOutcome outcome = ParseText(
      "$TTL 60\n"
      "@ A 192.0.2.1\n"
      "www A 192.0.2.2\n"
      "\tA 192.0.2.3\n"
      "other.test. A 192.0.2.4\n"
      "  A 192.0.2.5\n"
      "\\@ A 192.0.2.6\n"
      "a\\.b.c A 192.0.2.7\n"
      "*.w A 192.0.2.8\n");
  EXPECT_THAT(outcome.records,
              ElementsAre("example. 60 A 192.0.2.1", "www.example. 60 A 192.0.2.2", "www.example. 60 A 192.0.2.3",
                          "other.test. 60 A 192.0.2.4", "other.test. 60 A 192.0.2.5", "\\@.example. 60 A 192.0.2.6",
                          "a\\.b.c.example. 60 A 192.0.2.7", "*.w.example. 60 A 192.0.2.8"));
  EXPECT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.warnings, IsEmpty());
}

TEST(RecordEntry, TtlAndClassStandInEitherOrderInAnyCase) {
  const ParseOutcome outcome = ParseText(
      "a 1h IN A 192.0.2.1\n"
      "b IN 1H30M A 192.0.2.2\n"
      "c in a 192.0.2.3\n"
      "d 7 a 192.0.2.4\n"
      "e CLASS1 8 TYPE1 192.0.2.5\n");
  EXPECT_THAT(outcome.records,
              ElementsAre("a.example. 3600 A 192.0.2.1", "b.example. 5400 A 192.0.2.2", "c.example. 5400 A 192.0.2.3",
                          "d.example. 7 A 192.0.2.4", "e.example. 8 A 192.0.2.5"));
}

TEST(RecordEntry, ATtlIsTheTtlDirectiveElseTheLastElseTheSoaMinimum) {
  EXPECT_THAT(ParseText("$TTL 5\na 9 A 192.0.2.1\nb A 192.0.2.2\n").records,
              ElementsAre("a.example. 9 A 192.0.2.1", "b.example. 5 A 192.0.2.2"));
  const ParseOutcome last = ParseText("a 9 A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n");
  EXPECT_THAT(last.records,
              ElementsAre("a.example. 9 A 192.0.2.1", "b.example. 9 A 192.0.2.2", "c.example. 9 A 192.0.2.3"));
  EXPECT_THAT(last.warnings, ElementsAre(HasSubstr("2:3 no-ttl: no TTL and no $TTL before: taking the last record's")));
  const ParseOutcome soa = ParseText("@ SOA ns root 1 2 3 4 77\na A 192.0.2.1\nb 9 A 192.0.2.2\nc A 192.0.2.3\n");
  EXPECT_THAT(soa.records,
              ElementsAre("example. 77 SOA ns.example. root.example. 1 2 3 4 77", "a.example. 77 A 192.0.2.1",
                          "b.example. 9 A 192.0.2.2", "c.example. 77 A 192.0.2.3"));
  EXPECT_THAT(soa.warnings, ElementsAre(HasSubstr("1:3 no-ttl: no TTL and no $TTL before: taking the SOA's minimum")));
}

TEST(RecordEntry, WithoutAnyTtlThereIsOneError) {
  const ParseOutcome outcome = ParseText("a A 192.0.2.1\nb A 192.0.2.2\n");
  EXPECT_THAT(outcome.errors, ElementsAre("1:3 no-ttl: no TTL, and none before to take: start the zone with $TTL"));
}

TEST(RecordEntry, AHugeSoaMinimumIsNoTtl) {
  EXPECT_THAT(ParseText("@ SOA ns root 1 2 3 4 4294967295\n").records,
              ElementsAre(HasSubstr("example. 2147483647 SOA")));
}

TEST(RecordEntry, QuotedTokensAreNoTtlClassOrType) {
  EXPECT_THAT(ParseText("a \"60\" A 192.0.2.1").errors, ElementsAre(HasSubstr("1:3 type: \"60\" is not an RR type")));
  EXPECT_THAT(ParseText("a 60 \"A\" 192.0.2.1").errors, ElementsAre(HasSubstr("1:6 type: \"A\" is not an RR type")));
}

TEST(RecordEntry, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(ParseText("www A 300.1.1.1\n").errors, ElementsAre(HasSubstr("1:7 rdata: A: ")));
  EXPECT_THAT(ParseText("www MX 10\n").errors, ElementsAre(HasSubstr("1:10 rdata: MX: ")));
  EXPECT_THAT(ParseText("www A 192.0.2.1 192.0.2.2\n").errors, ElementsAre(HasSubstr("1:17 rdata: A: ")));
  EXPECT_THAT(ParseText("www NOTYPE x\n").errors, ElementsAre(HasSubstr("1:5 type: \"NOTYPE\" is not an RR type")));
  EXPECT_THAT(ParseText("www AAA ::1\n").errors,
              ElementsAre(HasSubstr("\"AAA\" is not an RR type, did you mean AAAA?")));
  EXPECT_THAT(ParseText("www 99999999999 A 192.0.2.1\n").errors,
              ElementsAre(HasSubstr("1:5 ttl: \"99999999999\" is not a TTL")));
  EXPECT_THAT(ParseText("www CH A 192.0.2.1\n").errors, ElementsAre("1:5 class: class CH in a zone of class IN"));
  EXPECT_THAT(ParseText("www 1 AXFR\n").errors, ElementsAre(HasSubstr("1:7 type: AXFR is a meta type")));
  EXPECT_THAT(ParseText("www 1 TYPE0 \\# 0\n").errors, ElementsAre(HasSubstr("1:7 type: TYPE0 is a meta type")));
  EXPECT_THAT(ParseText("www\n").errors, ElementsAre("1:4 syntax: the entry ends before the record's type"));
  EXPECT_THAT(ParseText("www 60 IN\n").errors, ElementsAre("1:10 syntax: the entry ends before the record's type"));
  EXPECT_THAT(ParseText("a..b 1 A 192.0.2.1\n").errors, ElementsAre(HasSubstr("1:1 name: owner: an empty label")));
}

TEST(RecordEntry, ALineWithoutOwnerNeedsOneBefore) {
  EXPECT_THAT(ParseText(" 60 A 192.0.2.1\n").errors,
              ElementsAre(HasSubstr("1:2 syntax: the line starts with a blank")));
  EXPECT_THAT(ParseText(" $TTL 60\n").errors,
              ElementsAre("1:2 syntax: a directive starts at the beginning of its line"));
}

TEST(RecordEntry, RecordsOfAnOwnerThatFailedAreCheckedAndDropped) {
  const ParseOutcome outcome = ParseText("$TTL 1\na..b A 192.0.2.1\n A 192.0.2.2\n A bad\nok A 192.0.2.3\n");
  EXPECT_THAT(outcome.errors, ElementsAre(HasSubstr("2:1 name"), HasSubstr("4:4 rdata")));
  EXPECT_THAT(outcome.records, ElementsAre("ok.example. 1 A 192.0.2.3"));
}

TEST(RecordEntry, QuotedValuesOfServiceParametersBelongToTheirKey) {
  const ParseOutcome outcome = ParseText(
      "$TTL 1\n"
      "a SVCB 1 . alpn=\"h2,h3\" port=\"8443\"\n"
      "b HTTPS 1 . ( alpn=\"h2\"\n  port=443 )\n"
      "c TXT a=\"b c\"\n");
  EXPECT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.records,
              ElementsAre("a.example. 1 SVCB 1 . alpn=\"h2,h3\" port=8443",
                          "b.example. 1 HTTPS 1 . alpn=\"h2\" port=443", "c.example. 1 TXT \"a=\" \"b c\""));
  EXPECT_THAT(ParseText("$TTL 1\na SVCB 1 . \"alpn\" \"h2\"\n").errors, ElementsAre(HasSubstr("2:12 rdata: SVCB: ")));
}

TEST(RecordEntry, ARecordStandsWhereItsTypeDoes) {
  const ParseOutcome outcome = ParseText("a 1 A 192.0.2.1\n\tIN ( \n A 192.0.2.2 )\n");
  ASSERT_EQ(outcome.places.size(), 2u);
  EXPECT_EQ(outcome.places[0].column, 5u);
  EXPECT_EQ(outcome.places[1].line, 3u);
}

}  // namespace
}  // namespace strata::zonec
