// SPDX-License-Identifier: Apache-2.0
#include "zonec/dump_command.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/command.h"
#include "zonec/compile.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DumpCommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    command_.snapshot = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    octets_ = Compile("example.zone", "$TTL 60\n@ SOA ns.x. root.x. 1 2 3 4 5\n@ NS ns.x.\n", {}).snapshot;
  }
  // Dumps a file of these octets.
  int Run(const std::string& octets) {
    std::ofstream(command_.snapshot, std::ios::binary) << octets;
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int exit_status = RunDump(command_);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return exit_status;
  }

  DumpCommand command_;
  std::string octets_;
  std::string out_;
  std::string err_;
};

TEST_F(DumpCommandTest, PrintsTheZone) {
  EXPECT_EQ(Run(octets_), kExitFine);
  EXPECT_EQ(out_, "example.\t60\tIN\tSOA\tns.x. root.x. 1 2 3 4 5\nexample.\t60\tIN\tNS\tns.x.\n");
  EXPECT_THAT(err_, IsEmpty());
  command_.json = true;
  EXPECT_EQ(Run(octets_), kExitFine);
  EXPECT_THAT(out_, testing::StartsWith("{\"origin\":\"example.\""));
}

TEST_F(DumpCommandTest, ADamagedSnapshotIsRefusedByNameAndPrintsNothing) {
  for (size_t at : {size_t{0}, size_t{20}, octets_.size() / 2, octets_.size() - 1}) {
    std::string damaged = octets_;
    damaged[at] ^= 1;
    EXPECT_EQ(Run(damaged), kExitFailed) << at;
    EXPECT_THAT(err_, HasSubstr(command_.snapshot + ": "));
    EXPECT_THAT(out_, IsEmpty());
  }
  EXPECT_EQ(Run(octets_.substr(0, octets_.size() - 1)), kExitFailed);
  EXPECT_EQ(Run(""), kExitFailed);
}

}  // namespace
}  // namespace strata::zonec
