// The example configuration files are what their binaries accept.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"

namespace strata::tests {
namespace {

class ExampleConfigTest : public testing::TestWithParam<std::string> {
 protected:
  Finished Run(const std::vector<std::string>& flags) {
    std::vector<std::string> command = {Runfile(GetParam() + "/" + GetParam()),
                                        "--config=" + Runfile("deploy/config/" + GetParam() + ".yaml")};
    command.insert(command.end(), flags.begin(), flags.end());
    return RunToEnd(command, folder_.Path("run"));
  }

  const TemporaryFolder folder_;
};

TEST_P(ExampleConfigTest, IsAccepted) {
  ASSERT_NE(ReadFile(Runfile("deploy/config/" + GetParam() + ".yaml")), "");
  const Finished check = Run({"--check_config"});
  EXPECT_EQ(check.exit_code, 0) << check.err;
}

TEST_P(ExampleConfigTest, FlagsAreCheckedWithIt) {
  EXPECT_NE(Run({"--check_config", "--listen=nonsense:x:y"}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Binaries, ExampleConfigTest, testing::Values("authority", "cache", "frontend", "recursor"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace strata::tests
