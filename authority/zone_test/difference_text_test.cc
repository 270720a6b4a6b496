// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/difference_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "authority/zone_test/expectation_parser.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

std::string Diff(const std::string& text) {
  const ZoneCatalog catalog({MakeZone("e.", "@ MX 10 mail\nmail A 192.0.2.25\nwww 300 A 192.0.2.1\nsub NS ns.other.")});
  const ParsedExpectations parsed = ParseExpectations(text, dns::Name::FromText("e.").value());
  EXPECT_TRUE(parsed.mistakes.empty() && parsed.expectations.size() == 1);
  const Expectation& expectation = parsed.expectations.at(0);
  const ZoneAnswer answer = AskZones(catalog, expectation.question).value();
  std::string out = QuestionText(expectation.question) + "\n";
  for (const DiffLine& line : DiffLines(expectation, answer, Compare(expectation, answer))) {
    absl::StrAppend(&out, std::string(1, line.mark), line.text, "\n");
  }
  return out;
}

TEST(DifferenceTextTest, Records) {
  EXPECT_EQ(Diff("www A\n A 192.0.2.1\n A 192.0.2.2"), "www.e. A\n A 192.0.2.1\n-A 192.0.2.2\n");
  EXPECT_EQ(Diff("www A\n 60 A 192.0.2.1"), "www.e. A\n-60 A 192.0.2.1\n+300 A 192.0.2.1\n");
  EXPECT_EQ(Diff("@ MX\n additional:"), "e. MX\n+MX 10 mail.e.\n additional:\n+mail.e. A 192.0.2.25\n");
}

TEST(DifferenceTextTest, Outcomes) {
  EXPECT_EQ(Diff("nobody A +bufsize=512\n NODATA"), "nobody.e. A +bufsize=512\n-NODATA\n+NXDOMAIN\n");
  EXPECT_EQ(Diff("www A\n NXDOMAIN"), "www.e. A\n-NXDOMAIN\n+A 192.0.2.1\n");
  EXPECT_EQ(Diff("www CH A\n A 192.0.2.1"), "www.e. CH A\n+REFUSED\n-A 192.0.2.1\n");
  EXPECT_EQ(Diff("sub A\n REFERRAL to a."), "sub.e. A\n-REFERRAL to a.\n+REFERRAL to ns.other.\n");
  EXPECT_EQ(Diff("sub A\n REFERRAL"), "sub.e. A\n REFERRAL\n");
}

}  // namespace
}  // namespace strata::authority
