// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/canonical_rrset.h"

#include <initializer_list>
#include <string>
#include <vector>

#include "dns/rdata.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/testing.h"

namespace strata::snapshot {
namespace {

using ::testing::ElementsAre;

// The RDATA of the records of x.example.
std::vector<std::string> Members(std::initializer_list<absl::string_view> lines) {
  Zone zone = ZoneOf(lines);
  const ZoneTree tree(&zone);
  CanonicalRRset rrset;
  rrset.Assign(tree.RRsetsOf(tree.Find(zone.owner(zone.records()[1])))[0], tree);
  std::vector<std::string> members;
  for (const CanonicalRRset::Member& member : rrset.members()) {
    EXPECT_EQ(member.canonical, dns::CanonicalRdata(zone.records()[1].type, member.rdata));
    members.emplace_back(member.rdata);
  }
  return members;
}

TEST(CanonicalRRsetTest, SortsAndDropsWhatIsThereTwice) {
  EXPECT_THAT(Members({"x TXT b", "x TXT a", "x TXT b", "x TXT B"}), ElementsAre("\1B", "\1a", "\1b"));
}

// Which one stays does not depend on their order.
TEST(CanonicalRRsetTest, NamesAreComparedWithoutRegardToCase) {
  const std::string kept("\3NS1\0", 5);
  EXPECT_THAT(Members({"x NS NS1.", "x NS ns1."}), ElementsAre(kept));
  EXPECT_THAT(Members({"x NS ns1.", "x NS NS1."}), ElementsAre(kept));
}

TEST(CanonicalRRsetTest, OrderIsThatOfCanonicalForm) {
  EXPECT_THAT(Members({"x NS b.", "x NS A.", "x NS c."}),
              ElementsAre(std::string("\1A\0", 3), std::string("\1b\0", 3), std::string("\1c\0", 3)));
}

}  // namespace
}  // namespace strata::snapshot
