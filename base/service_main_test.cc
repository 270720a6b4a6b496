// Tests of how a service starts, and of the exit codes when it cannot.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/service_main.h"

#include <sys/resource.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "base/config_file.h"
#include "base/testing/test_config.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

ABSL_FLAG(uint32_t, port, 53, "");
ABSL_FLAG(std::string, any, "", "");

namespace strata::base {
namespace {

using ::testing::ExitedWithCode;
using testing::TestConfig;

class ServiceMainTest : public ::testing::Test {
 protected:
  ServiceMainTest() { ::testing::FLAGS_gtest_death_test_style = "threadsafe"; }

  void Load(const std::vector<std::string>& args, const std::string& file) {
    const auto line = ParseCommandLine(args, {.summary = "tests", .arguments = "", .short_options = {}});
    ASSERT_TRUE(line.ok()) << line.status();
    LoadConfigurationOrExit(*line, file, &config_);
  }
  std::string File(const std::string& text) {
    const std::string path = ::testing::TempDir() + "/config.yaml";
    std::ofstream(path) << text;
    return path;
  }

  absl::FlagSaver restore_flags_;
  TestConfig config_;
};

using ServiceMainDeathTest = ServiceMainTest;

TEST_F(ServiceMainTest, FlagsAloneAreEnough) {
  Load({"--port=5"}, "");
  EXPECT_EQ(config_.port(), 5u);
}

TEST_F(ServiceMainTest, FlagsLieOverTheFile) {
  Load({"--port=5"}, File("port: 1\nlisten: file\n"));
  EXPECT_EQ(config_.port(), 5u);
  EXPECT_EQ(config_.listen(), "file");
}

TEST_F(ServiceMainTest, OpenFilesLimitIsRaisedToTheHardOne) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 100;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  RaiseOpenFilesLimit();
  rlimit raised{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &raised), 0);
  EXPECT_EQ(raised.rlim_cur, before.rlim_max);
  EXPECT_EQ(raised.rlim_max, before.rlim_max);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

TEST_F(ServiceMainDeathTest, BadFile) {
  EXPECT_EXIT(Load({}, File("prot: 1\n")), ExitedWithCode(kExitConfig), "error: .*prot");
  EXPECT_EXIT(Load({}, "/nowhere/config.yaml"), ExitedWithCode(kExitConfig), "/nowhere/config.yaml");
}

TEST_F(ServiceMainDeathTest, BadFlag) {
  EXPECT_EXIT(Load({"--any=most"}, ""), ExitedWithCode(kExitUsage), "error: --any=most");
  EXPECT_EXIT(Load({"--any=most"}, File("port: 1\n")), ExitedWithCode(kExitUsage), "error: --any=most")
      << "the flag is at fault, not the file";
}

TEST_F(ServiceMainDeathTest, ExitCodes) {
  const absl::Status status = absl::InvalidArgumentError("what is wrong");
  EXPECT_EXIT(ExitWithBadConfiguration(status, ""), ExitedWithCode(kExitUsage), "error: what is wrong\n");
  EXPECT_EXIT(ExitWithBadConfiguration(status, "a.yaml"), ExitedWithCode(kExitConfig), "error: what is wrong\n");
  const absl::Status missing = absl::FailedPreconditionError("what is missing");
  EXPECT_EXIT(ExitWithBadConfiguration(missing, ""), ExitedWithCode(kExitConfig), "error: what is missing\n");
  EXPECT_EXIT(ExitWithFailure(status), ExitedWithCode(1), "error: what is wrong\n");
}

}  // namespace
}  // namespace strata::base
