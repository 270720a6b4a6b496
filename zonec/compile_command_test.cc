// SPDX-License-Identifier: Apache-2.0
#include "zonec/compile_command.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/command.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CompileCommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    command_.input = folder_ + "/example.test.zone";
    Write("$TTL 60\n@ SOA ns.x. root 42 2 3 4 5\n@ NS ns\n");
  }
  void Write(const std::string& zone) { std::ofstream(command_.input) << zone; }
  int Run() {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int exit_status = RunCompile(command_);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return exit_status;
  }

  std::string folder_;
  CompileCommand command_;
  std::string out_;
  std::string err_;
};

TEST_F(CompileCommandTest, WritesTheSnapshotAndSaysWhatItIs) {
  command_.output = folder_ + "/out.snap";
  EXPECT_EQ(Run(), kExitFine);
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_THAT(err_, HasSubstr("[no-address]"));
  EXPECT_THAT(err_, testing::EndsWith("example.test.: serial 42, 2 records, 1 warning\n"));
  EXPECT_GT(std::filesystem::file_size(*command_.output), 0u);
}

TEST_F(CompileCommandTest, AZoneWithErrorsExitsOneAndWritesNothing) {
  command_.output = folder_ + "/out.snap";
  command_.strict = true;
  EXPECT_EQ(Run(), kExitZoneErrors);
  EXPECT_THAT(err_, testing::EndsWith("example.test.zone: 1 error\n"));
  EXPECT_FALSE(std::filesystem::exists(*command_.output));
}

TEST_F(CompileCommandTest, JsonGoesToStandardOutput) {
  command_.diagnostics = "json";
  EXPECT_EQ(Run(), kExitFine);
  EXPECT_THAT(err_, IsEmpty());
  EXPECT_THAT(out_, testing::StartsWith("{\"severity\":\"warning\",\"check\":\"no-address\",\"file\":"));
}

TEST_F(CompileCommandTest, ByDefaultTheInputsFolderMayBeIncluded) {
  std::ofstream(folder_ + "/part") << "ns A 192.0.2.1\n";
  Write("$TTL 60\n@ SOA ns.x. root 42 2 3 4 5\n@ NS ns\n$INCLUDE part\n");
  EXPECT_EQ(Run(), kExitFine) << err_;
  command_.include_roots = {"/usr"};
  EXPECT_EQ(Run(), kExitZoneErrors);
}

TEST_F(CompileCommandTest, WhatCannotBeDoneExitsTwo) {
  command_.output = "-";
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("a snapshot is written to a file"));
  command_.output = folder_ + "/no/such/folder/out.snap";
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("No such file or directory"));
  command_.output.reset();
  command_.origin = "";
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("--origin= is not a name"));
  command_.origin.reset();
  command_.format = "python";
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("--format=python is none of bind, pyzone"));
}

TEST_F(CompileCommandTest, NeverReplacesTheZonesText) {
  const std::string hosts = folder_ + "/hosts", link = folder_ + "/link";
  std::ofstream(hosts) << "ns A 192.0.2.1\n";
  const std::string zone = "$TTL 60\n@ SOA ns.x. root 42 2 3 4 5\n@ NS ns\n$INCLUDE hosts\n";
  Write(zone);
  std::filesystem::remove(link);
  std::filesystem::create_hard_link(hosts, link);
  for (const std::string& output : {command_.input, hosts, folder_ + "/./hosts", link}) {
    command_.output = output;
    EXPECT_EQ(Run(), 2);
    EXPECT_THAT(err_, HasSubstr("would replace a text that it is made of"));
  }
  std::ifstream input(command_.input);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(input), {}), zone);
  EXPECT_EQ(std::filesystem::file_size(hosts), 15u);
}

TEST_F(CompileCommandTest, TheFormatIsDetectedUnlessItIsGiven) {
  Write("zone = [SOA('a.test', 'ns.x', 'root.a.test', 42, minimum=60), NS('a.test', 'ns.x')]\n");
  EXPECT_EQ(Run(), kExitFine) << err_;
  EXPECT_THAT(err_, testing::EndsWith("a.test.: serial 42, 2 records\n"));
  command_.format = "pyzone";
  EXPECT_EQ(Run(), kExitFine) << err_;
  command_.format = "bind";
  EXPECT_EQ(Run(), kExitZoneErrors);
}

}  // namespace
}  // namespace strata::zonec
