// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_octets.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

// A snapshot of some `size` octets at least.
std::string SnapshotOf(size_t size) {
  std::string lines;
  for (int i = 0; lines.size() < size; ++i) absl::StrAppend(&lines, "host", i, " A 192.0.2.1\n");
  return SnapshotText("example.", lines);
}

TEST(ZoneOctetsTest, SmallAndLargeFilesAreZones) {
  const TempDirectory directory;
  for (const size_t size : {size_t{10}, 2 * kMaxSizeInMemory}) {
    const std::string octets = SnapshotOf(size);
    const std::string path = directory.Write("zone.snap", octets);
    const auto zone = OpenZone(path, /*verify=*/true);
    ASSERT_THAT(zone, IsOk());
    EXPECT_EQ((*zone)->storage->octets(), octets);
    EXPECT_THAT(Ask(ZoneCatalog({*zone}), "host0.example. A"), HasSubstr("192.0.2.1"));
  }
}

// A small one takes no mapping, and is not read again.
TEST(ZoneOctetsTest, WhatWasReadIntoMemoryStays) {
  const TempDirectory directory;
  const std::string path = directory.Write("zone.snap", SnapshotOf(10));
  const auto zone = OpenZone(path, /*verify=*/true);
  ASSERT_THAT(zone, IsOk());
  directory.Write("zone.snap", "");
  EXPECT_FALSE((*zone)->storage->damaged());
  EXPECT_THAT(Ask(ZoneCatalog({*zone}), "host0.example. A"), HasSubstr("192.0.2.1"));
}

TEST(ZoneOctetsTest, SaysWhatIsWrong) {
  const TempDirectory directory;
  EXPECT_THAT(OpenZone(directory / "missing", false), StatusIs(absl::StatusCode::kNotFound, HasSubstr("missing")));
  EXPECT_THAT(OpenZone(directory.Write("zone.snap", ""), false),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
  std::string damaged = SnapshotOf(10);
  damaged[damaged.size() - 1] ^= 1;
  const std::string path = directory.Write("zone.snap", damaged);
  EXPECT_THAT(OpenZone(path, /*verify=*/false), IsOk());
  EXPECT_THAT(OpenZone(path, /*verify=*/true), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
}

}  // namespace
}  // namespace strata::authority
