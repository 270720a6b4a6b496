// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_lookup.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

namespace rr = dns::rr_type;

// "kind node", with " *" where a wildcard stands for the name.
std::string Lookup(const Zone& zone, absl::string_view name, uint16_t type) {
  const dns::LookupName lookup(dns::Name::FromText(name)->wire());
  const LookupResult found = LookupInZone(zone.reader, lookup, type);
  constexpr const char* kKinds[] = {"answer", "cname", "dname", "delegation", "nodata", "nxdomain"};
  return absl::StrCat(kKinds[static_cast<int>(found.kind)], " ",
                      dns::WireNameToText(zone.reader.NodeName(zone.reader.node(found.node))),
                      found.from_wildcard ? " *" : "");
}

TEST(ZoneLookupTest, Kinds) {
  const auto zone = MakeZone("example.", R"(
    www A 192.0.2.1
    alias CNAME www
    d DNAME t
    sub NS ns.sub
    ns.sub A 192.0.2.2
    *.wild TXT any
    a.empty A 192.0.2.3)");

  EXPECT_EQ(Lookup(*zone, "www.example.", rr::kA), "answer www.example.");
  EXPECT_EQ(Lookup(*zone, "www.example.", rr::kANY), "answer www.example.");
  EXPECT_EQ(Lookup(*zone, "www.example.", rr::kMX), "nodata www.example.");
  EXPECT_EQ(Lookup(*zone, "empty.example.", rr::kANY), "nodata empty.example.");
  EXPECT_EQ(Lookup(*zone, "alias.example.", rr::kA), "cname alias.example.");
  EXPECT_EQ(Lookup(*zone, "alias.example.", rr::kCNAME), "answer alias.example.");
  EXPECT_EQ(Lookup(*zone, "alias.example.", rr::kRRSIG), "nodata alias.example.");
  EXPECT_EQ(Lookup(*zone, "x.alias.example.", rr::kA), "nxdomain alias.example.");
  EXPECT_EQ(Lookup(*zone, "x.y.d.example.", rr::kA), "dname d.example.");
  EXPECT_EQ(Lookup(*zone, "d.example.", rr::kDNAME), "answer d.example.");
  EXPECT_EQ(Lookup(*zone, "sub.example.", rr::kA), "delegation sub.example.");
  EXPECT_EQ(Lookup(*zone, "sub.example.", rr::kDS), "nodata sub.example.");
  EXPECT_EQ(Lookup(*zone, "ns.sub.example.", rr::kDS), "delegation sub.example.");
  EXPECT_EQ(Lookup(*zone, "ns.sub.example.", rr::kA), "delegation sub.example.");
  EXPECT_EQ(Lookup(*zone, "x.wild.example.", rr::kTXT), "answer *.wild.example. *");
  EXPECT_EQ(Lookup(*zone, "x.y.wild.example.", rr::kA), "nodata *.wild.example. *");
  EXPECT_EQ(Lookup(*zone, "*.wild.example.", rr::kTXT), "answer *.wild.example.");
  EXPECT_EQ(Lookup(*zone, "x.*.wild.example.", rr::kTXT), "nxdomain *.wild.example.");
  EXPECT_EQ(Lookup(*zone, "nowhere.example.", rr::kA), "nxdomain example.");
}

TEST(ZoneLookupTest, TheDnameNearestTheApexCounts) {
  const auto zone = MakeZone("example.", "d DNAME t\ninner.d DNAME t\nx.inner.d A 192.0.2.1");
  EXPECT_EQ(Lookup(*zone, "x.inner.d.example.", rr::kA), "dname d.example.");
  EXPECT_EQ(Lookup(*zone, "inner.d.example.", rr::kDNAME), "dname d.example.");
}

TEST(ZoneLookupTest, NestedCutsLeadToTheHighest) {
  const auto zone = MakeZone("example.", "a NS ns.elsewhere.\nb.a NS ns.elsewhere.\nc.b.a A 192.0.2.1");
  EXPECT_EQ(Lookup(*zone, "c.b.a.example.", rr::kA), "delegation a.example.");
  EXPECT_EQ(Lookup(*zone, "b.a.example.", rr::kDS), "delegation a.example.");
}

}  // namespace
}  // namespace strata::authority
