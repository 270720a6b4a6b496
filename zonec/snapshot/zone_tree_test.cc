// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone_tree.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Names(const ZoneTree& tree) {
  std::vector<std::string> names;
  for (const ZoneTree::Node& node : tree.nodes()) names.push_back(dns::WireNameToText(node.name));
  return names;
}

// Of the RRset's records in the zone; their own is that which the tree has.
std::vector<uint32_t> Places(const ZoneTree& tree, const ZoneTree::RRset& rrset) {
  std::vector<uint32_t> places;
  for (const uint32_t number : rrset.records) {
    places.push_back(tree.PlaceInZone(number));
    EXPECT_EQ(tree.records()[number].rdata_octets, tree.zone().records()[places.back()].rdata_octets);
  }
  return places;
}

class ZoneTreeTest : public ::testing::Test {
 protected:
  void Add(const std::string& owner, uint16_t type, std::string rdata = "") {
    zone_.Add({*dns::Name::FromText(owner), type, dns::rr_class::kIN, 60, std::move(rdata)});
  }
  static std::string Wire(const std::string& name) { return std::string(dns::Name::FromText(name)->wire()); }
  static std::string Text(const ZoneTree& tree, ZoneTree::NodeId id) {
    return id == kNone ? "none" : dns::WireNameToText(tree.nodes()[id].name);
  }

  Zone zone_{*dns::Name::FromText("Example.")};
};

TEST_F(ZoneTreeTest, GroupsRecordsByNameAndType) {
  Add("b.example.", dns::rr_type::kTXT);
  Add("a.example.", dns::rr_type::kA);
  Add("B.Example.", dns::rr_type::kA);
  Add("b.example.", dns::rr_type::kTXT);
  const ZoneTree tree(&zone_);
  const ZoneTree::NodeId b = tree.Find(Wire("b.EXAMPLE."));
  ASSERT_NE(b, kNone);
  ASSERT_EQ(tree.RRsetsOf(b).size(), 2u);
  EXPECT_THAT(Places(tree, *tree.FindRRset(b, dns::rr_type::kTXT)), ElementsAre(0, 3));
  EXPECT_THAT(Places(tree, *tree.FindRRset(b, dns::rr_type::kA)), ElementsAre(2));
  EXPECT_EQ(tree.FindRRset(b, dns::rr_type::kMX), nullptr);
  EXPECT_EQ(tree.rrsets().size(), 3u);
}

TEST_F(ZoneTreeTest, SeparatesSignaturesByWhatTheyCover) {
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x01", 2));
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x02", 2));
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x01", 2));
  const ZoneTree tree(&zone_);
  ASSERT_EQ(tree.rrsets().size(), 2u);
  EXPECT_THAT(Places(tree, tree.rrsets()[0]), ElementsAre(0, 2));
}

TEST_F(ZoneTreeTest, HasAllNamesUpToTheApex) {
  Add("x.y.z.example.", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  EXPECT_EQ(tree.nodes().size(), 4u);
  EXPECT_EQ(Text(tree, 0), "example.");
  const ZoneTree::NodeId y = tree.Find(Wire("y.z.example."));
  EXPECT_EQ(tree.nodes()[y].rrset_count, 0u);
  EXPECT_EQ(Text(tree, tree.nodes()[y].parent), "z.example.");
  EXPECT_EQ(tree.Find(Wire("other.")), kNone);
}

TEST_F(ZoneTreeTest, KnowsTheHighestCutAndDname) {
  Add("example.", dns::rr_type::kNS);
  Add("a.b.sub.example.", dns::rr_type::kNS);
  Add("sub.example.", dns::rr_type::kNS);
  Add("d.example.", dns::rr_type::kDNAME);
  Add("x.y.d.example.", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  const auto cut = [&](const char* name) { return Text(tree, tree.nodes()[tree.Find(Wire(name))].cut); };
  EXPECT_EQ(cut("example."), "none");
  EXPECT_EQ(cut("sub.example."), "sub.example.");
  EXPECT_EQ(cut("a.b.sub.example."), "sub.example.");
  EXPECT_EQ(cut("d.example."), "none");
  const auto dname = [&](const char* name) { return Text(tree, tree.nodes()[tree.Find(Wire(name))].dname_above); };
  EXPECT_EQ(dname("d.example."), "none");
  EXPECT_EQ(dname("x.y.d.example."), "d.example.");
}

TEST_F(ZoneTreeTest, FindsTheWildcardThatAnswers) {
  Add("*.example.", dns::rr_type::kA);
  Add("*.b.example.", dns::rr_type::kA);
  Add("x.c.example.", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  const auto answering = [&](const char* name) { return Text(tree, tree.FindAnswering(Wire(name))); };
  EXPECT_EQ(answering("any.example."), "*.example.");
  EXPECT_EQ(answering("deep.any.example."), "*.example.");
  EXPECT_EQ(answering("x.b.example."), "*.b.example.");
  EXPECT_EQ(answering("y.c.example."), "none");  // c.example. exists, and has no wildcard
  EXPECT_EQ(answering("b.example."), "b.example.");
}

TEST_F(ZoneTreeTest, KnowsWhatIsWithinTheZone) {
  const ZoneTree tree(&zone_);
  EXPECT_TRUE(tree.IsInZone(Wire("a.b.EXAMPLE.")));
  EXPECT_TRUE(tree.IsInZone(Wire("example.")));
  EXPECT_FALSE(tree.IsInZone(Wire("notexample.")));
  EXPECT_FALSE(tree.IsInZone(Wire(".")));
}

TEST_F(ZoneTreeTest, TheRootIsAZoneToo) {
  zone_.set_origin(dns::Name());
  Add(".", dns::rr_type::kNS);
  Add("a.b.", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  EXPECT_EQ(tree.nodes().size(), 3u);
  EXPECT_TRUE(tree.IsInZone(Wire("a.b.")));
  EXPECT_EQ(Text(tree, tree.FindAnswering(Wire("x.y."))), "none");
}

TEST_F(ZoneTreeTest, NodesStandInCanonicalOrder) {
  for (const char* name : {"z", "a.b.c", "Z.a", "yljkjljk.a", "\\001.z", "*.z", "\\200.z"}) {
    Add(absl::StrCat(name, ".example."), dns::rr_type::kTXT);
  }
  const ZoneTree tree(&zone_);
  EXPECT_THAT(Names(tree),
              ElementsAre("example.", "a.example.", "yljkjljk.a.example.", "z.a.example.", "c.example.", "b.c.example.",
                          "a.b.c.example.", "z.example.", "\\001.z.example.", "*.z.example.", "\\200.z.example."));
}

// Labels that begin alike for longer than a sort key is, and zeros, which keys are filled up with.
TEST_F(ZoneTreeTest, OrderAgreesWithThatOfTheNames) {
  for (const char* a : {"\\000", "\\001", "\\000\\000", "x", "x\\000", "x\\000y", "x\\001", "x\\001\\000", "xxxxxxxx",
                        "xxxxxxxx\\000", "xxxxxxxxb", "xxxxxxxxa", "xxxxxxxxab", "\\255"}) {
    for (const char* b : {"", ".x", ".x\\000", ".x\\001", ".xxxxxxxxx"})
      Add(absl::StrCat(a, b, ".example."), dns::rr_type::kA);
  }
  const ZoneTree tree(&zone_);
  for (size_t i = 1; i < tree.nodes().size(); ++i) {
    EXPECT_LT(dns::CompareCanonical(tree.nodes()[i - 1].name, tree.nodes()[i].name), 0)
        << Text(tree, i - 1) << " " << Text(tree, i);
  }
}

TEST_F(ZoneTreeTest, LinksWildcardsToTheNameAbove) {
  Add("*.w.example.", dns::rr_type::kA);
  Add("\\*x.v.example.", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  EXPECT_EQ(Text(tree, tree.nodes()[tree.Find(Wire("w.example."))].wildcard), "*.w.example.");
  EXPECT_EQ(Text(tree, tree.nodes()[tree.Find(Wire("v.example."))].wildcard), "none");
}

TEST_F(ZoneTreeTest, LeavesOutWhatIsOutside) {
  Add("notexample.", dns::rr_type::kA);
  Add("a.example.", dns::rr_type::kA);
  Add(".", dns::rr_type::kA);
  const ZoneTree tree(&zone_);
  EXPECT_THAT(Names(tree), ElementsAre("example.", "a.example."));
  EXPECT_EQ(tree.rrsets().size(), 1u);
  EXPECT_FALSE(tree.IsInZone(zone_.records()[0]));
  EXPECT_TRUE(tree.IsInZone(zone_.records()[1]));
  EXPECT_EQ(Text(tree, tree.Find(Wire("notexample."))), "none");
}

}  // namespace
}  // namespace strata::snapshot
