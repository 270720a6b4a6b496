// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/rrset_index.h"

#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RRsetIndex, HasThoseOfAType) {
  snapshot::Zone zone(*dns::Name::FromText("example."));
  const auto add = [&](const char* owner, uint16_t type, const char* rdata) {
    zone.Add({*dns::Name::FromText(owner), type, dns::rr_class::kIN, 60, rdata});
  };
  add("b.example.", dns::rr_type::kTXT, "\1x");
  add("a.example.", dns::rr_type::kTXT, "\1x");
  add("a.example.", dns::rr_type::kTXT, "\1y");
  add("a.example.", 65280, "x");
  add("a.example.", dns::rr_type::kA, "abcd");
  const snapshot::ZoneTree tree(&zone);
  const RRsetIndex index(tree);
  ASSERT_EQ(index.OfType(dns::rr_type::kTXT).size(), 2u);
  EXPECT_EQ(tree.rrsets()[index.OfType(dns::rr_type::kTXT)[0]].records.size(), 2u);
  EXPECT_EQ(tree.rrsets()[index.OfType(dns::rr_type::kTXT)[1]].records.size(), 1u);
  EXPECT_THAT(index.OfType(dns::rr_type::kCNAME), IsEmpty());
  EXPECT_THAT(index.OfSeveralRecords(), ElementsAre(index.OfType(dns::rr_type::kTXT)[0]));
}

}  // namespace
}  // namespace strata::zonec
