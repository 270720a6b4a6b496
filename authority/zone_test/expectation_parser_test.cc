// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/expectation_parser.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const dns::Name kOrigin = *dns::Name::FromText("example.");

std::vector<Expectation> Parse(const std::string& text) {
  ParsedExpectations parsed = ParseExpectations(text, kOrigin);
  for (const Mistake& mistake : parsed.mistakes) ADD_FAILURE() << mistake.at << ": " << mistake.message;
  return std::move(parsed.expectations);
}

// "offset: message" of the first mistake.
std::string Wrong(const std::string& text, const std::optional<dns::Name>& origin = kOrigin) {
  const ParsedExpectations parsed = ParseExpectations(text, origin);
  if (parsed.mistakes.empty()) return "fine";
  return absl::StrCat(parsed.mistakes[0].at, ": ", parsed.mistakes[0].message);
}

std::vector<std::string> Records(const Expectation& expectation) {
  std::vector<std::string> records;
  for (const ExpectedRecord& record : expectation.records) {
    records.push_back(
        absl::StrCat(static_cast<int>(record.section), record.has_ttl ? " " : "? ", dns::RecordToText(record.record)));
  }
  return records;
}

TEST(ExpectationParserTest, Questions) {
  const auto found = Parse("; comment\nwww A\n\nWWW.other. CH txt +bufsize=1232\n@ ANY +dnssec\n*.w aaaa IN\n");
  ASSERT_THAT(found, SizeIs(4));
  EXPECT_EQ(found[0].question.name.ToText(), "www.example.");
  EXPECT_EQ(found[0].question.type, dns::rr_type::kA);
  EXPECT_EQ(found[0].question.rr_class, dns::rr_class::kIN);
  EXPECT_FALSE(found[0].question.bufsize);
  EXPECT_FALSE(found[0].question.dnssec);
  EXPECT_TRUE(found[2].question.dnssec);
  EXPECT_TRUE(found[0].empty());
  EXPECT_EQ(found[1].question.name.ToText(), "WWW.other.");
  EXPECT_EQ(found[1].question.rr_class, dns::rr_class::kCH);
  EXPECT_EQ(found[1].question.bufsize, 1232);
  EXPECT_EQ(found[2].question.name.ToText(), "example.");
  EXPECT_EQ(found[2].question.type, dns::rr_type::kANY);
  EXPECT_EQ(found[3].question.name.ToText(), "*.w.example.");
}

TEST(ExpectationParserTest, RecordsAndTheirSections) {
  const auto found = Parse(
      "www A\n"
      "  CNAME web\n"
      "  web.example. 1h IN A 192.0.2.1\n"
      "  @ IN 60 A (192.0.2.2\n )\n"
      "additional A\n"
      "  10 TXT \"a;b\" c\n"
      "  authority:\n"
      "  ns.example. NS ns\n"
      "  ADDITIONAL:\n");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(Records(found[0]),
              ElementsAre("0? www.example.\t0\tIN\tCNAME\tweb.example.", "0 web.example.\t3600\tIN\tA\t192.0.2.1",
                          "0 example.\t60\tIN\tA\t192.0.2.2"));
  EXPECT_THAT(Records(found[1]), ElementsAre("0 additional.example.\t10\tIN\tTXT\t\"a;b\" \"c\"",
                                             "1? ns.example.\t0\tIN\tNS\tns.example."));
  EXPECT_TRUE(found[0].Checks(Section::kAnswer) && !found[0].Checks(Section::kAuthority));
  EXPECT_TRUE(found[1].Checks(Section::kAuthority) && found[1].Checks(Section::kAdditional));
}

TEST(ExpectationParserTest, Outcomes) {
  const auto found = Parse(
      "a A\n NXDOMAIN\nb A\n nodata\nc A\n REFUSED\nd A\n TRUNCATED\ne A\n REFERRAL\n"
      "f A\n REFERRAL to ns2 NS1.example. ns2\n CNAME x\ng A\n A 192.0.2.1");
  std::vector<Outcome> outcomes;
  for (const Expectation& expectation : found) outcomes.push_back(expectation.expected_outcome());
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kNxDomain, Outcome::kNoData, Outcome::kRefused, Outcome::kTruncated,
                                    Outcome::kReferral, Outcome::kReferral, Outcome::kAnswer));
  EXPECT_THAT(found[4].outcome->servers, IsEmpty());
  EXPECT_THAT(found[5].outcome->servers,
              ElementsAre(*dns::Name::FromText("ns1.example."), *dns::Name::FromText("ns2.example.")));
}

TEST(ExpectationParserTest, OriginsAndSvcb) {
  const auto found = Parse("$ORIGIN sub\na A\n$origin other.\na HTTPS\n  1 HTTPS 1 b alpn=\"h2,h3\"\n");
  EXPECT_EQ(found[0].question.name.ToText(), "a.sub.example.");
  EXPECT_EQ(found[1].question.name.ToText(), "a.other.");
  EXPECT_THAT(Records(found[1])[0], HasSubstr("1 b.other. alpn="));
}

TEST(ExpectationParserTest, AFileThatTestsNothingIsWrong) {
  EXPECT_THAT(Wrong(""), HasSubstr("0: there is no question"));
  EXPECT_THAT(Wrong("; only a comment\n"), HasSubstr("no question"));
  EXPECT_THAT(Wrong("$ORIGIN a.\n"), HasSubstr("no question"));
}

TEST(ExpectationParserTest, Mistakes) {
  EXPECT_THAT(Wrong("www AAA"), HasSubstr("4: unknown type \"AAA\"; did you mean A"));
  EXPECT_THAT(Wrong("www A MX"), HasSubstr("6: a question has one type"));
  EXPECT_THAT(Wrong("www"), HasSubstr("0: a question is a name and a type"));
  EXPECT_THAT(Wrong("a..b A"), HasSubstr("0: "));
  EXPECT_THAT(Wrong("\"www\" A"), HasSubstr("0: a name stands in no quotes"));
  EXPECT_THAT(Wrong("www A +dnsec"), HasSubstr("6: unknown option \"+dnsec\""));
  EXPECT_THAT(Wrong("www A +bufsize=511"), HasSubstr("6: +bufsize is a number"));
  EXPECT_THAT(Wrong("  A 192.0.2.1"), HasSubstr("2: what is expected stands below a question"));
  EXPECT_THAT(Wrong("$TTL 1\na A"), HasSubstr("0: unknown directive"));
  EXPECT_THAT(Wrong("$ORIGIN\na A"), HasSubstr("0: $ORIGIN takes a name"));
  EXPECT_THAT(Wrong("a A (\n"), HasSubstr("4: '(' is never closed"));
}

TEST(ExpectationParserTest, MistakesInWhatIsExpected) {
  EXPECT_THAT(Wrong("a A\n NXDOMAN"), HasSubstr("5: unknown type \"NXDOMAN\"; did you mean NXDOMAIN?"));
  EXPECT_THAT(Wrong("a A\n NXDOMAIN\n NODATA"), HasSubstr("15: an answer has one outcome"));
  EXPECT_THAT(Wrong("a A\n NXDOMAIN x"), HasSubstr("14: nothing stands behind NXDOMAIN"));
  EXPECT_THAT(Wrong("a A\n REFERRAL ns.b."), HasSubstr("14: a referral is written"));
  EXPECT_THAT(Wrong("a A\n www A 192.0.2.1"), HasSubstr("5: unknown type \"www\" (a record's owner"));
  EXPECT_THAT(Wrong("a A\n A 192.0.2.300"), HasSubstr("7: "));
  EXPECT_THAT(Wrong("a A\n A"), HasSubstr("5: "));
  EXPECT_THAT(Wrong("a A\n 60 IN"), HasSubstr("8: the record's type is missing"));
  EXPECT_THAT(Wrong("a A\n CH A 192.0.2.1"), HasSubstr("5: the class of the question is IN"));
  EXPECT_THAT(Wrong("a A\n ANY 1"), HasSubstr("5: no record has the type ANY"));
  EXPECT_THAT(Wrong("a A\n authority:\n authority:"), HasSubstr("17: records of \"authority:\" stand above already"));
  EXPECT_THAT(Wrong("a A\n A 192.0.2.1\n answer:"), HasSubstr("stand above already"));
}

TEST(ExpectationParserTest, NamesThatLackTheFinalDot) {
  EXPECT_THAT(Wrong("www.example A"),
              HasSubstr("0: without a final dot this is www.example.example.; write www.example."));
  EXPECT_EQ(Wrong("a.example.www A"), "fine");
  EXPECT_EQ(Wrong("a.b. A\n A 192.0.2.1\n c. TXT d", std::nullopt), "fine");
  EXPECT_THAT(Wrong("www A", std::nullopt), HasSubstr("0: the name is relative, but there are several zones"));
  EXPECT_THAT(Wrong("www. A\n CNAME a", std::nullopt), HasSubstr("14: a name in it is relative"));
  EXPECT_EQ(Wrong("$ORIGIN b.\nwww A\n CNAME a", std::nullopt), "fine");
}

}  // namespace
}  // namespace strata::authority
