// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/alias_graph.h"

#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

// The zone of some records, and where its first alias leads.
class AliasGraphTest : public ::testing::Test {
 protected:
  // "kind name": of the target of the CNAME record of `a`.
  std::string FollowA(absl::string_view records) {
    ParsedZone parsed =
        ParseText(absl::StrCat("$TTL 60\n@ SOA ns.elsewhere. root 1 2 3 4 5\n@ NS ns.elsewhere.\n", records));
    const snapshot::ZoneTree tree(&parsed.zone);
    const RRsetIndex index(tree);
    const CheckedZone zone{parsed, tree, index};
    const snapshot::ZoneTree::NodeId node = tree.Find(dns::Name::FromText("a.example.")->wire());
    const uint32_t record = AliasRecord(zone, node, dns::rr_type::kCNAME);
    const Landing landing = Follow(zone, zone.record(record));
    if (landing.kind == Landing::Kind::kElsewhere) return "elsewhere";
    return landing.kind == Landing::Kind::kNoName ? "no name" : dns::WireNameToText(tree.nodes()[landing.node].name);
  }
};

TEST_F(AliasGraphTest, Names) {
  EXPECT_EQ(FollowA("a CNAME b\nb A 192.0.2.1\n"), "b.example.");
  EXPECT_EQ(FollowA("a CNAME b\n"), "no name");
  EXPECT_EQ(FollowA("a CNAME b.test.\n"), "elsewhere");
  EXPECT_EQ(FollowA("a CNAME x.b\n*.b A 192.0.2.1\n"), "*.b.example.");
  EXPECT_EQ(FollowA("a CNAME x.b\nb NS ns.elsewhere.\n"), "elsewhere");
}

TEST_F(AliasGraphTest, Dnames) {
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME e\nx.e A 192.0.2.1\n"), "x.e.example.");
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME e\ne DNAME f.example.\nx.f A 192.0.2.1\n"), "x.f.example.");
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME e\ne A 192.0.2.1\n"), "no name");
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME e.test.\n"), "elsewhere");
  // The DNAME's own name is not rewritten.
  EXPECT_EQ(FollowA("a CNAME d\nd DNAME e.test.\n"), "d.example.");
  // Round in circles, and longer and longer.
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME e\ne DNAME d\n"), "elsewhere");
  EXPECT_EQ(FollowA("a CNAME x.d\nd DNAME y.d\n"), "elsewhere");
}

}  // namespace
}  // namespace strata::zonec
