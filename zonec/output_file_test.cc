// SPDX-License-Identifier: Apache-2.0
#include "zonec/output_file.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class OutputFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder_);
    path_ = folder_ + "/out.snap";
  }
  std::string Content() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  size_t FileCount() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
  std::string path_;
};

TEST_F(OutputFileTest, MakesAndReplacesAndLeavesNothingElse) {
  ASSERT_TRUE(ReplaceFile(path_, absl::string_view("one\0", 4)).ok());
  EXPECT_EQ(Content(), std::string("one\0", 4));
  ASSERT_TRUE(ReplaceFile(path_, std::string(3 << 20, 'x')).ok());
  EXPECT_EQ(Content(), std::string(3 << 20, 'x'));
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(OutputFileTest, AReaderKeepsTheFileItOpened) {
  ASSERT_TRUE(ReplaceFile(path_, "old").ok());
  std::ifstream in(path_);
  ASSERT_TRUE(ReplaceFile(path_, "new").ok());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "old");
}

TEST_F(OutputFileTest, FilesAreAsReadableAsTheUserHasIt) {
  const mode_t before = umask(022);
  ASSERT_TRUE(ReplaceFile(path_, "x").ok());
  umask(before);
  struct stat status;
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0644u);
}

TEST_F(OutputFileTest, OnAnErrorTheOldFileStays) {
  ASSERT_TRUE(ReplaceFile(path_, "old").ok());
  // As a full disk would: no file may grow beyond 4096 octets.
  rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  rlimit small = limit;
  small.rlim_cur = 4096;
  setrlimit(RLIMIT_FSIZE, &small);
  signal(SIGXFSZ, SIG_IGN);
  const absl::Status status = ReplaceFile(path_, std::string(1 << 20, 'x'));
  setrlimit(RLIMIT_FSIZE, &limit);
  EXPECT_THAT(std::string(status.message()), HasSubstr("cannot write " + path_ + ": File too large"));
  EXPECT_EQ(Content(), "old");
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(OutputFileTest, RefusesWhatIsNoRegularFile) {
  EXPECT_THAT(std::string(ReplaceFile(folder_, "x").message()), HasSubstr("not a regular file"));
  EXPECT_THAT(std::string(ReplaceFile("/dev/null", "x").message()), HasSubstr("not a regular file"));
  EXPECT_THAT(std::string(ReplaceFile(folder_ + "/no/such/x.snap", "x").message()), HasSubstr("No such file"));
}

}  // namespace
}  // namespace strata::zonec
