// Tests of the table that queries are routed by.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_table.h"

#include <string>

#include "dns/rr_type.h"
#include "frontend/testing/messages.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rr = dns::rr_type;

using testing::WireName;

ReplicaSet Find(const ZoneTable& table, absl::string_view name, uint16_t type = rr::kA) {
  return table.Find(dns::LookupName(WireName(name)), type);
}

TEST(ZoneTableTest, NearestZoneAtOrAbove) {
  ZoneTable table;
  table.Add(WireName("test."), 1);
  table.Add(WireName("a.b.test."), 2);
  EXPECT_EQ(Find(table, "test."), 1u);
  EXPECT_EQ(Find(table, "b.test."), 1u);
  EXPECT_EQ(Find(table, "xa.b.test."), 1u) << "labels are compared, not letters";
  EXPECT_EQ(Find(table, "a.b.test."), 2u);
  EXPECT_EQ(Find(table, "x.y.A.B.TEST."), 2u);
  EXPECT_EQ(Find(table, "example."), 0u);
  EXPECT_EQ(Find(table, "."), 0u);
  EXPECT_EQ(table.zone_count(), 2u);
}

TEST(ZoneTableTest, DsBelongsToTheZoneAbove) {
  ZoneTable table;
  table.Add(WireName("test."), 1);
  table.Add(WireName("a.test."), 2);
  EXPECT_EQ(Find(table, "a.test.", rr::kDS), 1u);
  EXPECT_EQ(Find(table, "x.a.test.", rr::kDS), 2u);
  // The zone above is not ours: the child says that it has none.
  EXPECT_EQ(Find(table, "test.", rr::kDS), 1u);
  EXPECT_EQ(Find(table, "example.", rr::kDS), 0u);
}

TEST(ZoneTableTest, RootZone) {
  ZoneTable table;
  table.Add(WireName("."), 4);
  EXPECT_EQ(Find(table, "."), 4u);
  EXPECT_EQ(Find(table, ".", rr::kDS), 4u);
  EXPECT_EQ(Find(table, "any.name."), 4u);
  EXPECT_EQ(Find(table, "com.", rr::kDS), 4u);
}

TEST(ZoneTableTest, Origins) {
  ZoneTable table;
  table.Add(WireName("a.test."), 1);
  EXPECT_TRUE(table.HasOrigin(dns::LookupName(WireName("A.Test."))));
  EXPECT_FALSE(table.HasOrigin(dns::LookupName(WireName("test."))));
  EXPECT_FALSE(table.HasOrigin(dns::LookupName(WireName("x.a.test."))));
}

TEST(ZoneTableTest, LaterWordCounts) {
  ZoneTable table;
  table.Add(WireName("test."), 1);
  table.Add(WireName("test."), 3);
  EXPECT_EQ(Find(table, "test."), 3u);
  EXPECT_EQ(table.zone_count(), 1u);
}

TEST(ZoneTableTest, IncompleteUntilSaid) {
  ZoneTable table;
  EXPECT_FALSE(table.complete());
  table.set_complete(true);
  EXPECT_TRUE(table.complete());
}

}  // namespace
}  // namespace strata::frontend
