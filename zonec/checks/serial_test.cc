// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/serial.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"
#include "zonec/snapshot/snapshot_builder.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

TEST(Serial, ArithmeticGoesRound) {
  EXPECT_TRUE(IsGreaterSerial(1, 0));
  EXPECT_FALSE(IsGreaterSerial(0, 1));
  EXPECT_FALSE(IsGreaterSerial(7, 7));
  EXPECT_TRUE(IsGreaterSerial(0, 0xffffffff));
  EXPECT_TRUE(IsGreaterSerial(0x7fffffff, 0));
  EXPECT_FALSE(IsGreaterSerial(0x80000000, 0));
  EXPECT_FALSE(IsGreaterSerial(0, 0x80000000));
}

std::string SnapshotOf(uint32_t serial, absl::string_view records) {
  ParsedZone parsed =
      ParseText(absl::StrCat("$TTL 60\n@ SOA ns.elsewhere. root ", serial, " 2 3 4 5\n@ NS ns.elsewhere.\n", records));
  return *snapshot::BuildSnapshot(snapshot::ZoneTree(&parsed.zone));
}

std::string Found(const std::string& before, const std::string& now) {
  Diagnostics diagnostics;
  CheckSerial(*snapshot::SnapshotReader::Open(before), *snapshot::SnapshotReader::Open(now), {0, 0}, &diagnostics);
  return diagnostics.ok() ? "" : diagnostics.Sorted(1)[0]->message;
}

TEST(Serial, HasToGrowWhenTheZoneChanges) {
  const std::string before = SnapshotOf(7, "a A 192.0.2.1\n");
  EXPECT_EQ(Found(before, SnapshotOf(8, "a A 192.0.2.2\n")), "");
  EXPECT_THAT(Found(before, SnapshotOf(7, "a A 192.0.2.2\n")), HasSubstr("but the serial is still 7: secondaries"));
  EXPECT_THAT(Found(before, SnapshotOf(6, "a A 192.0.2.1\n")),
              HasSubstr("the serial, 6, is not greater than 7, that of the version before"));
  EXPECT_EQ(Found(SnapshotOf(0xffffffff, "a A 192.0.2.1\n"), SnapshotOf(0, "")), "");
}

TEST(Serial, MayStayWhenItDoesNot) {
  EXPECT_EQ(Found(SnapshotOf(7, "a A 192.0.2.1\nb A 192.0.2.1\n"), SnapshotOf(7, "b A 192.0.2.1\na A 192.0.2.1\n")),
            "");
}

}  // namespace
}  // namespace strata::zonec
