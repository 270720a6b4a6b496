// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/random_rdata.h"

#include <set>
#include <string>

#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(RandomRdata, IsValidAndOfManyKinds) {
  RandomRdata random(1);
  for (const RdataSchema& schema : AllRdataSchemas()) {
    std::set<std::string> seen;
    for (int i = 0; i < 50; ++i) {
      const std::string rdata = random.Rdata(schema);
      EXPECT_TRUE(IsValidRdata(schema.type, rdata)) << TypeToText(schema.type);
      seen.insert(rdata);
    }
    EXPECT_GE(seen.size(), 10u) << TypeToText(schema.type);
  }
}

TEST(RandomRdata, TheSameSeedGivesTheSameValues) {
  RandomRdata a(7), b(7), c(8);
  const std::string octets = a.Octets(100);
  EXPECT_EQ(b.Octets(100), octets);
  EXPECT_NE(c.Octets(100), octets);
}

TEST(RandomRdata, NamesAreValidAndSometimesTheRootOrAWildcard) {
  RandomRdata random(1);
  int roots = 0, wildcards = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto name = Name::FromWire(random.WireName());
    ASSERT_TRUE(name.ok()) << name.status();
    roots += name->IsRoot();
    wildcards += name->IsWildcard();
  }
  EXPECT_GT(roots, 0);
  EXPECT_GT(wildcards, 0);
}

}  // namespace
}  // namespace strata::dns
