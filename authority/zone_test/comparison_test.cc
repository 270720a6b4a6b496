// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/comparison.h"

#include <string>

#include "authority/testing/test_zone.h"
#include "authority/zone_test/expectation_parser.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Difference Compared(const std::string& text) {
  const ZoneCatalog catalog({MakeZone("example.", R"(
    @ MX 10 mail
    mail A 192.0.2.25
    www 300 A 192.0.2.1
    www 300 A 192.0.2.2
    t TXT Word
    c CNAME www
    sub NS ns.other.)")});
  const ParsedExpectations parsed = ParseExpectations(text, dns::Name::FromText("example.").value());
  EXPECT_TRUE(parsed.mistakes.empty() && parsed.expectations.size() == 1);
  return Compare(parsed.expectations.at(0), AskZones(catalog, parsed.expectations.at(0).question).value());
}

bool Fits(const std::string& text) { return !Compared(text).any(); }

TEST(ComparisonTest, OrderAndTtlsThatAreNotStatedDoNotMatter) {
  EXPECT_TRUE(Fits("www A\n A 192.0.2.2\n A 192.0.2.1"));
  EXPECT_TRUE(Fits("www A\n 300 A 192.0.2.1\n 5m A 192.0.2.2"));
  EXPECT_TRUE(Fits("C A\n CNAME WWW\n www.example. A 192.0.2.1\n www.example. A 192.0.2.2"));
}

TEST(ComparisonTest, EveryRecordCounts) {
  const Difference less = Compared("www A\n A 192.0.2.2");
  EXPECT_FALSE(less.outcome);
  EXPECT_THAT(less.missing, IsEmpty());
  EXPECT_THAT(less.unexpected, ElementsAre(0));
  EXPECT_THAT(Compared("www A\n A 192.0.2.2\n A 192.0.2.1\n A 192.0.2.3").missing, ElementsAre(2));
  EXPECT_THAT(Compared("www A\n A 192.0.2.2\n A 192.0.2.1\n A 192.0.2.1").missing, ElementsAre(2));
  EXPECT_FALSE(Fits("www A\n 301 A 192.0.2.1\n A 192.0.2.2"));
  EXPECT_FALSE(Fits("t TXT\n TXT word"));
  EXPECT_TRUE(Fits("t TXT\n TXT Word"));
}

TEST(ComparisonTest, OtherSectionsCountWhenAskedFor) {
  EXPECT_TRUE(Fits("@ MX\n MX 10 mail"));
  EXPECT_TRUE(Fits("@ MX\n MX 10 mail\n additional:\n mail.example. A 192.0.2.25"));
  EXPECT_FALSE(Fits("@ MX\n MX 10 mail\n additional:"));
  EXPECT_TRUE(Fits("@ MX\n MX 10 mail\n authority:"));
}

TEST(ComparisonTest, OutcomesCount) {
  EXPECT_TRUE(Fits("nobody A\n NXDOMAIN"));
  EXPECT_TRUE(Compared("nobody A\n NODATA").outcome);
  EXPECT_TRUE(Compared("nobody A\n A 192.0.2.1").outcome);
  EXPECT_TRUE(Compared("www A\n NXDOMAIN").outcome);
  EXPECT_TRUE(Fits("www MX\n NODATA"));
  EXPECT_TRUE(Fits("x.sub A\n REFERRAL"));
  EXPECT_TRUE(Fits("x.sub A\n REFERRAL to NS.other."));
  EXPECT_FALSE(Fits("x.sub A\n REFERRAL to ns.other. ns2.other."));
  EXPECT_FALSE(Fits("www A"));
}

}  // namespace
}  // namespace strata::authority
