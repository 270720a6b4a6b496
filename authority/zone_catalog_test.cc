// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_catalog.h"

#include <string>

#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

// The origin of the zone that is found.
std::string Find(const ZoneCatalog& catalog, absl::string_view name, int skip = 0) {
  const Zone* zone = catalog.Find(dns::LookupName(dns::Name::FromText(name)->wire()), skip);
  return zone == nullptr ? "none" : dns::WireNameToText(zone->reader.origin());
}

TEST(ZoneCatalogTest, TheNearestApexCounts) {
  const ZoneCatalog catalog({MakeZone("example.", ""), MakeZone("sub.example.", ""), MakeZone("b.c.d.", "")});
  EXPECT_EQ(Find(catalog, "example."), "example.");
  EXPECT_EQ(Find(catalog, "www.EXAMPLE."), "example.");
  EXPECT_EQ(Find(catalog, "a.b.sub.example."), "sub.example.");
  EXPECT_EQ(Find(catalog, "sub.example.", 1), "example.");
  EXPECT_EQ(Find(catalog, "example.", 1), "none");
  EXPECT_EQ(Find(catalog, "notexample."), "none");
  EXPECT_EQ(Find(catalog, "c.d."), "none");
  EXPECT_EQ(Find(catalog, "."), "none");
  EXPECT_EQ(Find(ZoneCatalog(), "example."), "none");
}

TEST(ZoneCatalogTest, RootHoldsEverything) {
  const ZoneCatalog catalog({MakeZone(".", ""), MakeZone("example.", "")});
  EXPECT_EQ(Find(catalog, "."), ".");
  EXPECT_EQ(Find(catalog, "a.b.c."), ".");
  EXPECT_EQ(Find(catalog, "www.example."), "example.");
  EXPECT_EQ(Find(catalog, "example.", 1), ".");
}

TEST(ZoneCatalogTest, OfTwoZonesWithOneOriginTheLaterCounts) {
  const auto first = MakeZone("example.", "www A 192.0.2.1");
  const auto second = MakeZone("example.", "www A 192.0.2.2");
  const ZoneCatalog catalog({first, second});
  EXPECT_EQ(catalog.Find(dns::LookupName(first->reader.origin())), second.get());
}

}  // namespace
}  // namespace strata::authority
