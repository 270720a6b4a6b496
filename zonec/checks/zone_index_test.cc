// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/zone_index.h"

#include <string>
#include <vector>

#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;

class ZoneIndexTest : public ::testing::Test {
 protected:
  void Add(const std::string& owner, uint16_t type, std::string rdata = "") {
    zone_.records.push_back({*dns::Name::FromText(owner), type, dns::rr_class::kIN, 60, std::move(rdata)});
  }
  static std::string Wire(const std::string& name) { return std::string(dns::Name::FromText(name)->wire()); }
  static std::string Text(const ZoneIndex& index, ZoneIndex::NodeId id) {
    return id == ZoneIndex::kNone ? "none" : dns::WireNameToText(index.nodes()[id].name);
  }

  snapshot::Zone zone_ = {*dns::Name::FromText("Example."), {}};
};

TEST_F(ZoneIndexTest, GroupsRecordsByNameAndType) {
  Add("b.example.", dns::rr_type::kTXT);
  Add("a.example.", dns::rr_type::kA);
  Add("B.Example.", dns::rr_type::kA);
  Add("b.example.", dns::rr_type::kTXT);
  const ZoneIndex index(zone_);
  const ZoneIndex::NodeId b = index.Find(Wire("b.EXAMPLE."));
  ASSERT_NE(b, ZoneIndex::kNone);
  ASSERT_EQ(index.RRsetsOf(b).size(), 2u);
  EXPECT_THAT(index.FindRRset(b, dns::rr_type::kTXT)->records, ElementsAre(0, 3));
  EXPECT_THAT(index.FindRRset(b, dns::rr_type::kA)->records, ElementsAre(2));
  EXPECT_EQ(index.FindRRset(b, dns::rr_type::kMX), nullptr);
  EXPECT_EQ(index.rrsets().size(), 3u);
}

TEST_F(ZoneIndexTest, SeparatesSignaturesByWhatTheyCover) {
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x01", 2));
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x02", 2));
  Add("a.example.", dns::rr_type::kRRSIG, std::string("\0\x01", 2));
  const ZoneIndex index(zone_);
  ASSERT_EQ(index.rrsets().size(), 2u);
  EXPECT_THAT(index.rrsets()[0].records, ElementsAre(0, 2));
}

TEST_F(ZoneIndexTest, HasAllNamesUpToTheApex) {
  Add("x.y.z.example.", dns::rr_type::kA);
  const ZoneIndex index(zone_);
  EXPECT_EQ(index.nodes().size(), 4u);
  EXPECT_EQ(Text(index, 0), "example.");
  const ZoneIndex::NodeId y = index.Find(Wire("y.z.example."));
  EXPECT_EQ(index.nodes()[y].rrset_count, 0u);
  EXPECT_EQ(Text(index, index.nodes()[y].parent), "z.example.");
  EXPECT_EQ(index.Find(Wire("other.")), ZoneIndex::kNone);
}

TEST_F(ZoneIndexTest, KnowsTheHighestCutAndDname) {
  Add("example.", dns::rr_type::kNS);
  Add("a.b.sub.example.", dns::rr_type::kNS);
  Add("sub.example.", dns::rr_type::kNS);
  Add("d.example.", dns::rr_type::kDNAME);
  Add("x.y.d.example.", dns::rr_type::kA);
  const ZoneIndex index(zone_);
  const auto cut = [&](const char* name) { return Text(index, index.nodes()[index.Find(Wire(name))].cut); };
  EXPECT_EQ(cut("example."), "none");
  EXPECT_EQ(cut("sub.example."), "sub.example.");
  EXPECT_EQ(cut("a.b.sub.example."), "sub.example.");
  EXPECT_EQ(cut("d.example."), "none");
  const auto dname = [&](const char* name) { return Text(index, index.nodes()[index.Find(Wire(name))].dname_above); };
  EXPECT_EQ(dname("d.example."), "none");
  EXPECT_EQ(dname("x.y.d.example."), "d.example.");
}

TEST_F(ZoneIndexTest, FindsTheWildcardThatAnswers) {
  Add("*.example.", dns::rr_type::kA);
  Add("*.b.example.", dns::rr_type::kA);
  Add("x.c.example.", dns::rr_type::kA);
  const ZoneIndex index(zone_);
  const auto answering = [&](const char* name) { return Text(index, index.FindAnswering(Wire(name))); };
  EXPECT_EQ(answering("any.example."), "*.example.");
  EXPECT_EQ(answering("deep.any.example."), "*.example.");
  EXPECT_EQ(answering("x.b.example."), "*.b.example.");
  EXPECT_EQ(answering("y.c.example."), "none");  // c.example. exists, and has no wildcard
  EXPECT_EQ(answering("b.example."), "b.example.");
}

TEST_F(ZoneIndexTest, KnowsWhatIsWithinTheZone) {
  const ZoneIndex index(zone_);
  EXPECT_TRUE(index.IsInZone(Wire("a.b.EXAMPLE.")));
  EXPECT_TRUE(index.IsInZone(Wire("example.")));
  EXPECT_FALSE(index.IsInZone(Wire("notexample.")));
  EXPECT_FALSE(index.IsInZone(Wire(".")));
}

TEST_F(ZoneIndexTest, TheRootIsAZoneToo) {
  zone_.origin = dns::Name();
  Add(".", dns::rr_type::kNS);
  Add("a.b.", dns::rr_type::kA);
  const ZoneIndex index(zone_);
  EXPECT_EQ(index.nodes().size(), 3u);
  EXPECT_TRUE(index.IsInZone(Wire("a.b.")));
  EXPECT_EQ(Text(index, index.FindAnswering(Wire("x.y."))), "none");
}

}  // namespace
}  // namespace strata::zonec
