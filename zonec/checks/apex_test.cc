// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/apex.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kSoaAndNs[] = "@ 60 SOA ns.elsewhere. root 1 2 3 4 5\n@ 60 NS ns.elsewhere.\n";

TEST(Apex, IsTheOwnerOfTheSoa) {
  const CheckOutcome outcome = CheckText(absl::StrCat("$ORIGIN other.test.\n", kSoaAndNs));
  EXPECT_THAT(outcome.found, IsEmpty());
  EXPECT_EQ(outcome.parsed.zone.origin().ToText(), "other.test.");
}

TEST(Apex, HasToBeTheOriginThatWasAskedFor) {
  EXPECT_THAT(CheckText(kSoaAndNs, "given.test.").found, IsEmpty());
  EXPECT_THAT(
      CheckText(absl::StrCat("$ORIGIN other.test.\n", kSoaAndNs), "given.test.").found,
      ElementsAre("error 2 soa-not-apex: SOA record of other.test. in the zone given.test., as --origin names it"));
}

TEST(Apex, NeedsOneSoa) {
  EXPECT_THAT(CheckText("").found, ElementsAre("error - soa-missing: the zone has no SOA record"));
  EXPECT_THAT(CheckText("@ 60 NS ns.elsewhere.\n").found, ElementsAre(HasSubstr("soa-missing")));
  EXPECT_THAT(CheckText(absl::StrCat(kSoaAndNs, "@ 60 SOA ns.elsewhere. root 2 2 3 4 5\n")).found,
              ElementsAre("error 3 soa-duplicate: a second SOA record (note 1)"));
  EXPECT_THAT(CheckText(absl::StrCat(kSoaAndNs, "sub 60 SOA ns.elsewhere. root 1 2 3 4 5\n")).found,
              ElementsAre(HasSubstr("error 3 soa-not-apex: SOA record of sub.example. in the zone example.")));
  // Told twice the same.
  EXPECT_THAT(CheckText(absl::StrCat(kSoaAndNs, "@ 60 SOA NS.elsewhere. ROOT 1 2 3 4 5\n")).found,
              ElementsAre(HasSubstr("warning 3 duplicate-record")));
}

TEST(Apex, ASoaThatCannotBeReadIsNotMissing) {
  EXPECT_THAT(CheckText("@ 60 SOA ns root 1\n").found, ElementsAre(HasSubstr("error 1 rdata")));
}

TEST(Apex, NeedsAnNs) {
  EXPECT_THAT(CheckText("@ 60 SOA ns.elsewhere. root 1 2 3 4 5\nsub 60 NS ns.elsewhere.\n").found,
              ElementsAre(HasSubstr("error 1 ns-missing: the zone has no NS record at its apex, example.")));
}

TEST(OutOfZone, IsLeftOut) {
  const CheckOutcome outcome = CheckText(
      absl::StrCat("a.elsewhere. 60 A 192.0.2.1\n", kSoaAndNs, "b 60 A 192.0.2.1\nnotexample. 60 A 192.0.2.1\n"));
  EXPECT_THAT(outcome.found,
              ElementsAre("warning 1 out-of-zone: a.elsewhere. is outside the zone example.; the record is left out",
                          "warning 5 out-of-zone: notexample. is outside the zone example.; the record is left out"));
}

}  // namespace
}  // namespace strata::zonec
