// SPDX-License-Identifier: Apache-2.0
#include "zonec/diff_command.h"

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DiffCommandTest : public ::testing::Test {
 protected:
  static std::string Zone(const std::string& records) {
    return "$TTL 60\n@ SOA ns.x. root.x. 1 2 3 4 5\n@ NS ns.x.\n" + records;
  }
  // Writes a file and returns its path.
  static std::string Write(const std::string& name, const std::string& octets) {
    const std::string path =
        absl::StrCat(testing::TempDir(), "/", testing::UnitTest::GetInstance()->current_test_info()->name(), name);
    std::ofstream(path, std::ios::binary) << octets;
    return path;
  }
  int Run(const std::string& before, const std::string& after, bool json = false) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    DiffCommand command;
    command.before = {.input = before, .origin = "example"};
    command.after = {.input = after, .origin = "example"};
    command.json = json;
    const int exit_status = RunDiff(command);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return exit_status;
  }

  std::string out_;
  std::string err_;
};

TEST_F(DiffCommandTest, ComparesSnapshotsAndTexts) {
  const std::string old_text = Write("old", Zone("a A 192.0.2.1\n"));
  const std::string old_snapshot = Write("old.snap", Compile("example.zone", Zone("a A 192.0.2.1\n"), {}).snapshot);
  const std::string new_text = Write("new", Zone("a 9 A 192.0.2.1\nb A 192.0.2.2\n"));
  EXPECT_EQ(Run(old_text, old_snapshot), 0);
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_EQ(err_, "example.: no difference; serial 1\n");
  for (const std::string& before : {old_text, old_snapshot}) {
    EXPECT_EQ(Run(before, new_text), 1);
    EXPECT_EQ(
        out_,
        "-a.example.\t60\tIN\tA\t192.0.2.1\n+a.example.\t9\tIN\tA\t192.0.2.1\n+b.example.\t60\tIN\tA\t192.0.2.2\n");
    EXPECT_EQ(err_, "example.: 1 added, 0 removed, 1 changed; serial 1\n");
  }
}

TEST_F(DiffCommandTest, PrintsJson) {
  EXPECT_EQ(Run(Write("a", Zone("a TXT x\n")), Write("b", Zone("a TXT y\n")), /*json=*/true), 1);
  EXPECT_EQ(out_,
            "{\"change\":\"removed\",\"before\":{\"owner\":\"a.example.\",\"ttl\":60,\"type\":\"TXT\",\"rdata\":"
            "\"\\\"x\\\"\"}}\n"
            "{\"change\":\"added\",\"after\":{\"owner\":\"a.example.\",\"ttl\":60,\"type\":\"TXT\",\"rdata\":"
            "\"\\\"y\\\"\"}}\n");
}

TEST_F(DiffCommandTest, TroubleIsTwo) {
  const std::string good = Write("good", Zone(""));
  const std::string bad = Write("bad", Zone("a A nonsense\n"));
  EXPECT_EQ(Run(good, bad), 2);
  EXPECT_THAT(err_, HasSubstr("bad:4:5: error: A: address"));
  EXPECT_THAT(err_, HasSubstr("has errors"));
  EXPECT_EQ(Run(good, testing::TempDir() + "/missing"), 2);
  EXPECT_THAT(err_, HasSubstr("missing"));
  EXPECT_EQ(Run("-", "-"), 2);
  std::string damaged = Compile("example.zone", Zone(""), {}).snapshot;
  damaged.back() ^= 1;
  EXPECT_EQ(Run(good, Write("damaged", damaged)), 2);
  EXPECT_THAT(err_, HasSubstr("damaged: "));
  EXPECT_THAT(out_, IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
