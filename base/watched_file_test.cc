// Tests of files that are read again when they change.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/watched_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

std::string ErrorOf(const absl::StatusOr<std::string>& text) {
  return text.ok() ? "none" : std::string(text.status().message());
}

class WatchedFileTest : public ::testing::Test {
 protected:
  void SetUp() override { std::remove(path_.c_str()); }
  void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }
  // "-": nothing new.
  std::string Poll() {
    const std::optional<absl::StatusOr<std::string>> text = file_.Poll();
    if (!text) return "-";
    return text->ok() ? **text : "error";
  }

  const std::string path_ = ::testing::TempDir() + "/watched";
  WatchedFile file_{path_, 100};
};

TEST_F(WatchedFileTest, AChangeCountsWhenItHasSettled) {
  Write(path_, "one");
  EXPECT_EQ(*file_.Read(), "one");
  EXPECT_EQ(Poll(), "-");
  Write(path_, "three");
  EXPECT_EQ(Poll(), "-");
  Write(path_, "three four");
  EXPECT_EQ(Poll(), "-");
  EXPECT_EQ(Poll(), "three four");
  EXPECT_EQ(Poll(), "-");
}

TEST_F(WatchedFileTest, ReplacedByAnother) {
  Write(path_, "one");
  EXPECT_EQ(*file_.Read(), "one");
  Write(path_ + ".new", "two");  // the same size
  ASSERT_EQ(std::rename((path_ + ".new").c_str(), path_.c_str()), 0);
  EXPECT_EQ(Poll(), "-");
  EXPECT_EQ(Poll(), "two");
}

TEST_F(WatchedFileTest, GoneIsToldOnceAndSoIsTheReturn) {
  Write(path_, "one");
  EXPECT_EQ(*file_.Read(), "one");
  std::remove(path_.c_str());
  EXPECT_EQ(Poll(), "-");
  EXPECT_EQ(Poll(), "error");
  EXPECT_EQ(Poll(), "-");
  Write(path_, "back");
  EXPECT_EQ(Poll(), "-");
  EXPECT_EQ(Poll(), "back");
}

TEST_F(WatchedFileTest, WhatCannotBeRead) {
  EXPECT_THAT(ErrorOf(file_.Read()), HasSubstr(path_));
  Write(path_, std::string(101, 'x'));
  EXPECT_THAT(ErrorOf(file_.Read()), HasSubstr("larger than 100 bytes"));
  std::remove(path_.c_str());
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(ErrorOf(file_.Read()), HasSubstr("not a regular file"));
  std::remove(path_.c_str());
}

}  // namespace
}  // namespace strata::base
