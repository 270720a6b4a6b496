// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dangling.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Dangling, TargetsThatDoNotExist) {
  EXPECT_THAT(
      CheckRecords("a CNAME b\n"),
      ElementsAre(
          "warning 4 dangling-target: the target of this CNAME record, b.example., does not exist in the zone"));
  EXPECT_THAT(CheckRecords("a DNAME b\n1 PTR c\nd SVCB 0 e\nf HTTPS 0 g\n"),
              ElementsAre(HasSubstr("4 dangling-target"), HasSubstr("5 dangling-target"),
                          HasSubstr("6 dangling-target"), HasSubstr("7 dangling-target")));
  // By a DNAME, and at a name that others only lie below.
  EXPECT_THAT(CheckRecords("a CNAME x.d\nd DNAME e\ny.e A 192.0.2.1\n"),
              ElementsAre(HasSubstr("warning 4 dangling-target")));
  EXPECT_THAT(CheckRecords("a CNAME b\nx.b A 192.0.2.1\n"), ElementsAre(HasSubstr("b.example., has no records")));
}

TEST(Dangling, TargetsThatDo) {
  EXPECT_THAT(
      CheckRecords("a CNAME b\nb TXT x\nc CNAME x.w\n*.w TXT x\nd CNAME y.elsewhere.\ne DNAME f\nx.f A 192.0.2.1\n"),
      IsEmpty());
  EXPECT_THAT(CheckRecords("a CNAME x.sub\nsub NS ns.elsewhere.\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a HTTPS 0 .\nb HTTPS 1 .\n"), IsEmpty());
}

TEST(Dangling, OfWhatIsNeverServedDoNotMatter) {
  EXPECT_THAT(CheckRecords("sub NS ns.elsewhere.\nx.sub CNAME nowhere\n"),
              ElementsAre(HasSubstr("occluded-by-delegation")));
}

std::vector<std::string> CheckCom(absl::string_view records) {
  return CheckText(
             absl::StrCat("$ORIGIN example.com.\n$TTL 60\n@ SOA ns.elsewhere. root 1 2 3 4 5\n@ NS ns.elsewhere.\n",
                          records))
      .found;
}

TEST(MissingDot, OfTargets) {
  EXPECT_THAT(
      CheckCom("a CNAME www.example.com\n"),
      ElementsAre("warning 5 missing-dot: the target of this CNAME record, www.example.com.example.com., ends with the "
                  "zone's name twice; a dot is missing behind it"));
  EXPECT_THAT(CheckCom("@ MX 1 mail.example.com\n"), ElementsAre(HasSubstr("warning 5 missing-dot")));
}

TEST(MissingDot, OfOwners) {
  EXPECT_THAT(
      CheckCom("www.example.com A 192.0.2.1\nexample.com TXT x\nwww A 192.0.2.1\n"),
      ElementsAre(
          "warning 5 missing-dot: the owner www.example.com.example.com. ends with the zone's name twice; a dot is "
          "missing behind it",
          HasSubstr("warning 6 missing-dot: the owner example.com.example.com.")));
  EXPECT_THAT(CheckRecords("example A 192.0.2.1\n"), IsEmpty());  // the zone "example."
}

}  // namespace
}  // namespace strata::zonec
