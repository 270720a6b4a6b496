// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/delegations.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSoa[] = "$TTL 60\n@ SOA ns.elsewhere. root 1 2 3 4 5\n";

std::vector<std::string> CheckServers(absl::string_view records) {
  return CheckText(absl::StrCat(kSoa, records)).found;
}

TEST(LameApex, WhenNoServerCanBeFound) {
  EXPECT_THAT(CheckServers("@ NS a\n@ NS b\n"),
              testing::Contains(
                  "warning 3 lame-apex: all 2 name servers of the zone are in the zone and have no address here, so "
                  "nobody finds it"));
  // Below a delegation nobody else complains.
  EXPECT_THAT(CheckServers("@ NS ns.sub\nsub NS ns.elsewhere.\n"),
              ElementsAre(HasSubstr("lame-apex: the zone's only name server")));
}

TEST(LameApex, NotWhenOneCan) {
  EXPECT_THAT(CheckServers("@ NS a\n@ NS ns.elsewhere.\n"), ElementsAre(HasSubstr("no-address")));
  EXPECT_THAT(CheckServers("@ NS a\n@ NS b\nb A 192.0.2.1\n"), ElementsAre(HasSubstr("no-address")));
  EXPECT_THAT(CheckServers("@ NS ns.sub\nsub NS ns.sub\nns.sub A 192.0.2.1\n"), IsEmpty());
  EXPECT_THAT(CheckServers("@ NS a\n"), ElementsAre(HasSubstr("no-address")));  // which says it all
}

TEST(SingleNs, IsAskedFor) {
  EXPECT_THAT(CheckRecords(""), IsEmpty());
  EXPECT_THAT(CheckRecords("", Warning("single-ns")), ElementsAre(HasSubstr("warning 3 single-ns")));
  EXPECT_THAT(CheckRecords("@ NS ns2.elsewhere.\n", Warning("single-ns")), IsEmpty());
}

constexpr char kDigest[] = " DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000\n";

TEST(DsWithoutNs, StandsAtNoDelegation) {
  EXPECT_THAT(CheckRecords(absl::StrCat("a", kDigest)),
              ElementsAre(HasSubstr("warning 4 ds-without-ns: a.example. has a DS record and no NS")));
  EXPECT_THAT(CheckRecords(absl::StrCat("@", kDigest)), ElementsAre(HasSubstr("belongs into its parent")));
  EXPECT_THAT(CheckRecords(absl::StrCat("a NS ns.elsewhere.\na", kDigest)), IsEmpty());
}

TEST(WildcardType, DelegationsAndDnames) {
  EXPECT_THAT(CheckRecords("*.a NS ns.elsewhere.\n"),
              ElementsAre(HasSubstr("warning 4 wildcard-type: a wildcard has NS records")));
  EXPECT_THAT(CheckRecords("*.a DNAME b.elsewhere.\n"), ElementsAre(HasSubstr("wildcard-type")));
  EXPECT_THAT(CheckRecords("*.a TXT x\n*a NS ns.elsewhere.\n"), IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
