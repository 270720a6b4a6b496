// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_test_command.h"

#include <string>
#include <vector>

#include "absl/flags/reflection.h"
#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

class ZoneTestCommandTest : public ::testing::Test {
 protected:
  int Run(const std::vector<std::string>& args, const ZoneTestEnvironment& environment = {}) {
    const absl::FlagSaver saver;
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int exit_status = RunZoneTest(args, environment);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return exit_status;
  }

  TempDirectory folder_;
  const std::string snapshot_ = folder_.Write("e.snap", SnapshotText("e.", "www A 192.0.2.1"));
  const std::string right_ = folder_.Write("right", "www A\n  A 192.0.2.1\n");
  const std::string wrong_ = folder_.Write("wrong", "www A\n  NODATA\n");
  std::string out_;
  std::string err_;
};

TEST_F(ZoneTestCommandTest, ExitStatusTells) {
  EXPECT_EQ(Run({right_, snapshot_}), kExitAsExpected);
  EXPECT_EQ(Run({wrong_, snapshot_}), kExitNotAsExpected);
  EXPECT_THAT(err_, HasSubstr(wrong_ + ":2:3: error: www.e. A: the answer"));
  EXPECT_THAT(err_, HasSubstr("zone_test --update " + wrong_ + " " + snapshot_ + "\n"));
  EXPECT_EQ(Run({folder_.Write("mistake", "www AAA\n"), snapshot_}), kExitNotAsExpected);
  EXPECT_EQ(Run({folder_.Write("empty", ""), snapshot_}), kExitNotAsExpected);
  EXPECT_THAT(err_, HasSubstr("nothing is tested"));
}

TEST_F(ZoneTestCommandTest, FilesAndUsage) {
  EXPECT_EQ(Run({right_}), kExitNotTested);
  EXPECT_EQ(Run({right_, snapshot_, "--color=green"}), kExitNotTested);
  EXPECT_EQ(Run({right_, right_}), kExitNotTested);
  EXPECT_THAT(err_, HasSubstr("zone_test: " + right_ + ": "));
  EXPECT_EQ(Run({right_, snapshot_, snapshot_}), kExitNotTested);
  EXPECT_THAT(err_, HasSubstr("another snapshot is of the zone e. too"));
  EXPECT_EQ(Run({right_, folder_ / "none"}), kExitNotTested);
  EXPECT_EQ(Run({folder_ / "none", snapshot_}), kExitNotTested);
  EXPECT_EQ(Run({"--help"}), kExitAsExpected);
  EXPECT_THAT(out_, HasSubstr("Usage: zone_test"));
}

TEST_F(ZoneTestCommandTest, UpdateWritesTheFile) {
  EXPECT_EQ(Run({"--update", wrong_, snapshot_}), kExitAsExpected);
  EXPECT_EQ(folder_.Read("wrong"), "www A\n    A 192.0.2.1\n");
  EXPECT_THAT(err_, HasSubstr("1 of 1 expectations written"));
  EXPECT_EQ(Run({wrong_, snapshot_}), kExitAsExpected);
  const std::string mistake = folder_.Write("mistake", "www AAA\n");
  EXPECT_EQ(Run({"--update", mistake, snapshot_}), kExitNotAsExpected);
  EXPECT_EQ(folder_.Read("mistake"), "www AAA\n");
}

TEST_F(ZoneTestCommandTest, BazelRunWritesIntoTheSourceTree) {
  EXPECT_EQ(Run({"--update", "wrong", snapshot_}, {.source_root = folder_.path(), .test_target = ""}), kExitAsExpected);
  EXPECT_EQ(folder_.Read("wrong"), "www A\n    A 192.0.2.1\n");
}

TEST_F(ZoneTestCommandTest, ATestWritesNothing) {
  EXPECT_EQ(Run({wrong_, snapshot_}, {.source_root = "", .test_target = "//z:t"}), kExitNotAsExpected);
  EXPECT_THAT(err_, HasSubstr("bazel run //z:t -- --update\n"));
  EXPECT_EQ(Run({"--update", wrong_, snapshot_}, {.source_root = "", .test_target = "//z:t"}), kExitNotTested);
  EXPECT_EQ(folder_.Read("wrong"), "www A\n  NODATA\n");
}

}  // namespace
}  // namespace strata::authority
