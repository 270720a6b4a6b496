// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gtest/gtest.h"

namespace strata::snapshot {
namespace {

std::string Wire(const std::string& name) { return std::string(dns::Name::FromText(name)->wire()); }

class ZoneTest : public ::testing::Test {
 protected:
  void Add(const std::string& owner, uint16_t type, const std::string& rdata) {
    zone_.Add({*dns::Name::FromText(owner), type, dns::rr_class::kIN, 60, rdata});
  }
  // Where record `i` leads.
  std::string Target(size_t i) const {
    const NameTree::Id target = zone_.records()[i].target;
    return target == kNone ? "none" : dns::WireNameToText(zone_.names().name(target));
  }

  Zone zone_{*dns::Name::FromText("Example.")};
};

TEST_F(ZoneTest, NamesAreOneInAnyCase) {
  const NameTree::Id id = zone_.AddName(Wire("www.example."));
  EXPECT_EQ(zone_.AddName(Wire("WWW.EXAMPLE.")), id);
  EXPECT_NE(zone_.AddName(Wire("www.example.elsewhere.")), id);
  EXPECT_EQ(zone_.names().hash(id), dns::LookupName(Wire("www.example.")).Hash());
  EXPECT_EQ(zone_.names().parent(id), zone_.names().Find(Wire("example.")));
}

TEST_F(ZoneTest, TargetsAreFoundWithinTheOrigin) {
  Add("a.example.", dns::rr_type::kNS, Wire("NS.b.Example."));
  Add("a.example.", dns::rr_type::kMX, std::string("\0\1", 2) + Wire("example."));
  Add("a.example.", dns::rr_type::kNS, Wire("ns.elsewhere."));
  Add("a.example.", dns::rr_type::kNS, Wire("notexample."));
  Add("a.example.", dns::rr_type::kA, "abcd");
  Add("a.example.", dns::rr_type::kSVCB,
      std::string("\0\1", 2) + Wire("svc.example.") + std::string("\0\3\0\2\0\1", 6));
  Add("a.example.", dns::rr_type::kNS, "");  // malformed, which somebody else reports
  Add("a.example.", dns::rr_type::kNS, "\3abc");
  zone_.ResolveTargets();
  EXPECT_EQ(Target(0), "ns.b.example.");
  EXPECT_EQ(Target(1), "example.");
  for (const size_t i : {2, 3, 4, 6, 7}) EXPECT_EQ(Target(i), "none") << i;
  EXPECT_EQ(Target(5), "svc.example.");
}

// More than are searched for at a time, some for the first time, and in two steps.
TEST_F(ZoneTest, AllTargetsAreFoundHoweverManyThereAre) {
  constexpr int kCount = 500;
  for (int i = 0; i < kCount; ++i) {
    Add("a.example.", dns::rr_type::kNS, Wire(absl::StrCat("ns", i % 100, ".example.")));
    if (i % 37 == 0) zone_.ResolveTargets();
  }
  zone_.ResolveTargets();
  zone_.ResolveTargets();
  for (int i = 0; i < kCount; ++i) ASSERT_EQ(Target(i), absl::StrCat("ns", i % 100, ".example.")) << i;
}

TEST_F(ZoneTest, AnotherOriginHasOtherTargets) {
  Add("a.example.", dns::rr_type::kNS, Wire("ns.sub.example."));
  Add("a.example.", dns::rr_type::kNS, Wire("ns.example."));
  zone_.ResolveTargets();
  zone_.set_origin(*dns::Name::FromText("SUB.example."));
  zone_.ResolveTargets();
  EXPECT_EQ(Target(0), "ns.sub.example.");
  EXPECT_EQ(Target(1), "none");
  zone_.set_origin(*dns::Name::FromText("sub.Example."));
  EXPECT_EQ(Target(0), "ns.sub.example.");
}

}  // namespace
}  // namespace strata::snapshot
