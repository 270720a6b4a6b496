// SPDX-License-Identifier: Apache-2.0
#include "control/targets.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TargetsTest, TheOptionThenTheEnvironmentThenTheSockets) {
  std::string directory = ::testing::TempDir() + "/targets-XXXXXX";
  ASSERT_NE(mkdtemp(directory.data()), nullptr);
  const std::string empty = directory + "/empty", full = directory + "/full";
  std::filesystem::create_directory(empty);
  std::filesystem::create_directory(full);
  for (const char* name : {"cache.admin.sock", "authority.admin.sock", "other.sock"}) {
    std::ofstream(absl::StrCat(full, "/", name)).put('x');
  }
  EXPECT_THAT(*FindTargets({"127.0.0.1:1", "/a/b"}, "unix:/c", {full}), ElementsAre("127.0.0.1:1", "unix:/a/b"));
  EXPECT_THAT(*FindTargets({}, "unix:/c,/d", {full}), ElementsAre("unix:/c", "unix:/d"));
  EXPECT_THAT(*FindTargets({}, "", {directory + "/missing", empty, full}),
              ElementsAre(absl::StrCat("unix:", full, "/authority.admin.sock"),
                          absl::StrCat("unix:", full, "/cache.admin.sock")));
  const auto none = FindTargets({}, "", {empty});
  EXPECT_EQ(none.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(none.status().message()), HasSubstr("--at=ADDRESS"));
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace strata::control
