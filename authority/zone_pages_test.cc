// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_pages.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "restart +example. -other. complete"
std::vector<std::string> Texts(const std::vector<v1::ZonePage>& pages) {
  std::vector<std::string> texts;
  for (const v1::ZonePage& page : pages) {
    std::string text = page.restart() ? "restart" : "";
    for (const v1::ServedZone& zone : page.zones()) absl::StrAppend(&text, " +", dns::WireNameToText(zone.origin()));
    for (const std::string& origin : page.removed()) absl::StrAppend(&text, " -", dns::WireNameToText(origin));
    texts.push_back(absl::StrCat(text, page.complete() ? " complete" : ""));
  }
  return texts;
}

TEST(ZonePagesTest, FirstListAndChanges) {
  const auto a = MakeZone("a.", ""), b = MakeZone("b.", ""), new_b = MakeZone("b.", "www A 192.0.2.1");
  const ZoneCatalog none, first({a, b}), second({a, new_b}), third({new_b});
  EXPECT_THAT(Texts(PagesBetween(nullptr, none)), ElementsAre("restart complete"));
  EXPECT_THAT(Texts(PagesBetween(nullptr, first)), ElementsAre("restart +a. +b. complete"));
  EXPECT_THAT(Texts(PagesBetween(&first, second)), ElementsAre(" +b. complete"));
  EXPECT_THAT(Texts(PagesBetween(&second, third)), ElementsAre(" -a. complete"));
  EXPECT_THAT(Texts(PagesBetween(&first, ZoneCatalog({a, MakeZone("c.", "")}))), ElementsAre(" +c. -b. complete"));
  EXPECT_THAT(PagesBetween(&first, first), IsEmpty());
  EXPECT_THAT(PagesBetween(&none, none), IsEmpty());
}

TEST(ZonePagesTest, SaysWhatAZoneIs) {
  const auto zone = MakeZone("a.", "@ SOA ns h 42 1 2 3 4");
  const auto pages = PagesBetween(nullptr, ZoneCatalog({zone}));
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(pages[0].zones(0).serial(), 42u);
  EXPECT_EQ(pages[0].zones(0).identity(), zone->reader.identity());
}

TEST(ZonePagesTest, ManyZonesComeInPages) {
  std::vector<std::shared_ptr<const Zone>> zones;
  for (int i = 0; i < 2 * kZonesAPage + 1; ++i) zones.push_back(MakeZone(absl::StrCat("z", i, "."), ""));
  const ZoneCatalog many(zones);
  const auto pages = PagesBetween(nullptr, many);
  ASSERT_EQ(pages.size(), 3u);
  std::set<std::string> origins;
  for (size_t i = 0; i < pages.size(); ++i) {
    EXPECT_EQ(pages[i].restart(), i == 0);
    EXPECT_EQ(pages[i].complete(), i == 2);
    EXPECT_LE(pages[i].zones_size(), kZonesAPage);
    EXPECT_LT(pages[i].ByteSizeLong(), 256u << 10);
    for (const auto& zone : pages[i].zones()) origins.insert(zone.origin());
  }
  EXPECT_EQ(origins.size(), zones.size());
  const auto removal = PagesBetween(&many, ZoneCatalog());
  ASSERT_EQ(removal.size(), 3u);
  EXPECT_EQ(removal[0].removed_size(), kZonesAPage);
  EXPECT_TRUE(removal[2].complete());
  // Exactly a page.
  zones.resize(kZonesAPage);
  EXPECT_EQ(PagesBetween(nullptr, ZoneCatalog(zones)).size(), 1u);
}

}  // namespace
}  // namespace strata::authority
