// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone_tree.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/testing.h"

namespace strata::snapshot {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

std::vector<std::string> Names(const ZoneTree& tree) {
  std::vector<std::string> names;
  for (const TreeNode& node : tree.nodes) names.push_back(dns::WireNameToText(node.name));
  return names;
}

// Name of the node, or "-".
std::string At(const ZoneTree& tree, uint32_t id) {
  return id == kNone ? "-" : dns::WireNameToText(tree.nodes[id].name);
}

const TreeNode& NodeAt(const ZoneTree& tree, absl::string_view name) {
  for (const TreeNode& node : tree.nodes) {
    if (dns::WireNameToText(node.name) == name) return node;
  }
  ADD_FAILURE() << name << " is missing";
  return tree.nodes[0];
}

TEST(ZoneTreeTest, NodesInCanonicalOrderWithEmptyNonTerminals) {
  const auto tree = BuildZoneTree(ZoneOf(
      {"z TXT 1", "a.b.c TXT 2", "Z.a TXT 3", "yljkjljk.a TXT 4", "\\001.z TXT 5", "*.z TXT 6", "\\200.z TXT 7"}));
  ASSERT_THAT(tree, IsOk());
  EXPECT_THAT(Names(*tree),
              ElementsAre("example.", "a.example.", "yljkjljk.a.example.", "z.a.example.", "c.example.", "b.c.example.",
                          "a.b.c.example.", "z.example.", "\\001.z.example.", "*.z.example.", "\\200.z.example."));
  EXPECT_EQ(NodeAt(*tree, "b.c.example.").rrset_count, 0);
  EXPECT_EQ(At(*tree, NodeAt(*tree, "a.b.c.example.").parent), "b.c.example.");
  EXPECT_EQ(tree->nodes[0].parent, kNone);
  EXPECT_EQ(tree->serial, 7u);
  EXPECT_EQ(tree->record_count, 8u);
}

// Zeros and ones inside labels, which the sort key escapes.
TEST(ZoneTreeTest, OrderOfControlOctetsAgreesWithTheNames) {
  Zone zone = ZoneOf({});
  for (const char* a : {"\\000", "\\001", "\\002", "x", "x\\000", "x\\000y", "x\\001", "x\\001\\000", "x\\002"}) {
    for (const char* b : {"", ".x", ".x\\000", ".x\\001"}) {
      zone.records.push_back(RecordOf(absl::StrCat(a, b, " TXT text")));
    }
  }
  const auto tree = BuildZoneTree(zone);
  ASSERT_THAT(tree, IsOk());
  for (size_t i = 1; i < tree->nodes.size(); ++i) {
    EXPECT_LT(dns::CompareCanonical(tree->nodes[i - 1].name, tree->nodes[i].name), 0)
        << At(*tree, i - 1) << " " << At(*tree, i);
  }
}

TEST(ZoneTreeTest, CutsLeadToTheHighestDelegation) {
  const auto tree =
      BuildZoneTree(ZoneOf({"@ NS ns", "sub NS ns.sub", "ns.sub A 192.0.2.1", "x.y.sub NS ns", "www A 192.0.2.2"}));
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(At(*tree, tree->nodes[0].cut), "-");
  EXPECT_EQ(At(*tree, NodeAt(*tree, "www.example.").cut), "-");
  for (const char* name : {"sub.example.", "ns.sub.example.", "y.sub.example.", "x.y.sub.example."}) {
    EXPECT_EQ(At(*tree, NodeAt(*tree, name).cut), "sub.example.") << name;
  }
}

TEST(ZoneTreeTest, WildcardLinksAndFlags) {
  const auto tree = BuildZoneTree(ZoneOf({"*.w TXT 1", "d DNAME t", "a.b.d TXT 2", "c CNAME t", "\\*x TXT 3"}));
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(At(*tree, NodeAt(*tree, "w.example.").wildcard), "*.w.example.");
  EXPECT_EQ(At(*tree, tree->nodes[0].wildcard), "-");
  EXPECT_EQ(NodeAt(*tree, "d.example.").flags, kHasDname);
  EXPECT_EQ(NodeAt(*tree, "b.d.example.").flags, kBelowDname);
  EXPECT_EQ(NodeAt(*tree, "a.b.d.example.").flags, kBelowDname);
  EXPECT_EQ(NodeAt(*tree, "c.example.").flags, kHasCname);
}

TEST(ZoneTreeTest, RRsetsAreSortedDeduplicatedAndSigned) {
  constexpr char kRest[] = " 8 2 3600 20300101000000 20200101000000 1 example. AAAA";
  const auto tree = BuildZoneTree(ZoneOf({"w TXT b", "w TXT a", "w TXT b", "w A 192.0.2.1",
                                          absl::StrCat("w RRSIG TXT", kRest), absl::StrCat("w RRSIG A", kRest)}));
  ASSERT_THAT(tree, IsOk());
  const TreeNode& node = NodeAt(*tree, "w.example.");
  ASSERT_EQ(node.rrset_count, 4);
  const TreeRRset* rrsets = &tree->rrsets[node.first_rrset];
  EXPECT_EQ(rrsets[0].type, dns::rr_type::kA);
  EXPECT_EQ(rrsets[0].signatures, node.first_rrset + 2);
  EXPECT_EQ(rrsets[1].type, dns::rr_type::kTXT);
  EXPECT_EQ(rrsets[1].signatures, node.first_rrset + 3);
  EXPECT_THAT(rrsets[1].rdatas, ElementsAre("\1a", "\1b"));
  EXPECT_EQ(rrsets[2].covers, dns::rr_type::kA);
  EXPECT_EQ(rrsets[2].signatures, kNone);
  EXPECT_EQ(rrsets[3].covers, dns::rr_type::kTXT);
}

TEST(ZoneTreeTest, NamesInRdataAreDeduplicatedWithoutRegardToCase) {
  for (auto lines : {std::vector<absl::string_view>{"@ NS NS1", "@ NS ns1"}, {"@ NS ns1", "@ NS NS1"}}) {
    Zone zone = ZoneOf({});
    for (absl::string_view line : lines) zone.records.push_back(RecordOf(line));
    const auto tree = BuildZoneTree(zone);
    ASSERT_THAT(tree, IsOk());
    EXPECT_THAT(tree->rrsets[0].rdatas, ElementsAre(std::string("\3NS1\7example\0", 13)));
  }
}

TEST(ZoneTreeTest, Refusals) {
  auto error = [](Zone zone) { return BuildZoneTree(std::move(zone)); };
  EXPECT_THAT(error(Zone{}), StatusIs(kInvalid, HasSubstr("no records")));
  Zone no_soa = ZoneOf({"www A 192.0.2.1"});
  no_soa.records.erase(no_soa.records.begin());
  EXPECT_THAT(error(no_soa), StatusIs(kInvalid, HasSubstr("no SOA")));
  EXPECT_THAT(error(ZoneOf({"@ SOA ns other 7 7200 900 1209600 300"})), StatusIs(kInvalid, HasSubstr("more than one")));
  EXPECT_THAT(error(ZoneOf({"sub SOA ns other 7 7200 900 1209600 300"})), StatusIs(kInvalid, HasSubstr("below")));
  EXPECT_THAT(error(ZoneOf({"www.other. A 192.0.2.1"})), StatusIs(kInvalid, HasSubstr("outside the zone")));
  Zone two_classes = ZoneOf({"www A 192.0.2.1"});
  two_classes.records.back().rr_class = 3;
  EXPECT_THAT(error(two_classes), StatusIs(kInvalid, HasSubstr("one class")));
  Zone malformed = ZoneOf({"www A 192.0.2.1"});
  malformed.records.back().rdata += "x";
  EXPECT_THAT(error(malformed), StatusIs(kInvalid, HasSubstr("malformed RDATA")));
  Zone meta = ZoneOf({"www A 192.0.2.1"});
  meta.records.back().type = dns::rr_type::kANY;
  EXPECT_THAT(error(meta), StatusIs(kInvalid, HasSubstr("meta type")));
}

TEST(ZoneTreeTest, TtlsOfOneRRsetMustAgree) {
  Zone zone = ZoneOf({"www A 192.0.2.1"});
  zone.records.push_back(RecordOf("www A 192.0.2.2", "example.", 60));
  EXPECT_THAT(BuildZoneTree(zone), StatusIs(kInvalid, HasSubstr("TTLs 3600 and 60")));
}

// The same record twice, but for its TTL: which of the two stays must not depend on their order, so neither does.
TEST(ZoneTreeTest, DuplicatesWithDifferentTtlsAreRefusedInAnyOrder) {
  Zone zone = ZoneOf({"www A 192.0.2.1"});
  zone.records.push_back(RecordOf("www A 192.0.2.1", "example.", 60));
  EXPECT_THAT(BuildZoneTree(zone), StatusIs(kInvalid, HasSubstr("TTLs 60 and 3600")));
  std::reverse(zone.records.begin(), zone.records.end());
  EXPECT_THAT(BuildZoneTree(zone), StatusIs(kInvalid, HasSubstr("TTLs 60 and 3600")));
}

}  // namespace
}  // namespace strata::snapshot
