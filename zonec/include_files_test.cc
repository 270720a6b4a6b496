// SPDX-License-Identifier: Apache-2.0
#include "zonec/include_files.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

namespace fs = std::filesystem;

class IncludeFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    top_ = testing::TempDir() + "/" + test->name();
    fs::remove_all(top_);
    Write("zones/main.zone", "main");
    Write("zones/sub/part", "part of sub");
    Write("zones/shared", "shared");
    Write("secret", "secret");
  }
  void Write(const std::string& path, const std::string& text) {
    const fs::path full = top_ + "/" + path;
    fs::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }
  // A place in a text of that name.
  Position From(const std::string& includer) { return {*sources_.Add(top_ + "/" + includer, "text"), 0}; }
  // The text that `path` leads to, or "refused".
  std::string Include(const std::string& path, const std::string& includer = "zones/main.zone") {
    const absl::StatusOr<FileId> file = Files().Open(path, From(includer), &sources_);
    return file.ok() ? std::string(sources_.text(*file)) : "refused";
  }
  IncludeFiles Files() const { return IncludeFiles({top_ + "/zones"}); }

  std::string top_;
  Sources sources_;
};

TEST_F(IncludeFilesTest, LooksInTheFolderOfTheIncluderAndThenInTheRoots) {
  EXPECT_EQ(Include("sub/part"), "part of sub");
  EXPECT_EQ(Include("part", "zones/sub/x.zone"), "part of sub");
  EXPECT_EQ(Include("shared", "zones/sub/x.zone"), "shared");
  EXPECT_EQ(Include("sub/../shared"), "shared");
  EXPECT_EQ(Include(top_ + "/zones/shared"), "shared");
}

TEST_F(IncludeFilesTest, NothingOutsideTheRootsIsRead) {
  EXPECT_EQ(Include("../secret"), "refused");
  EXPECT_EQ(Include(top_ + "/secret"), "refused");
  EXPECT_EQ(Include("/etc/passwd"), "refused");
  fs::create_symlink("../secret", top_ + "/zones/link");
  EXPECT_EQ(Include("link"), "refused");
  fs::create_symlink("shared", top_ + "/zones/inner");
  EXPECT_EQ(Include("inner"), "shared");
  // A folder whose name only starts like the root's.
  Write("zones2/x", "x");
  EXPECT_EQ(Include("../zones2/x"), "refused");
}

TEST_F(IncludeFilesTest, WhatExistsOutsideIsNotToldApartFromWhatDoesNot) {
  const auto message = [&](const std::string& path) {
    return std::string(Files().Open(path, From("zones/main.zone"), &sources_).status().message());
  };
  EXPECT_EQ(message("../secret"), message("../nothing"));
}

TEST_F(IncludeFilesTest, FoldersAndMissingFilesAreRefused) {
  EXPECT_EQ(Include("sub"), "refused");
  EXPECT_EQ(Include("nothing"), "refused");
  EXPECT_EQ(Include(""), "refused");
}

TEST_F(IncludeFilesTest, AFileIsReadOnceAndEachInclusionIsAReading) {
  IncludeFiles files({top_ + "/zones"});
  const Position from = From("zones/main.zone");
  const FileId first = *files.Open("shared", from, &sources_);
  const FileId second = *files.Open("sub/../shared", from, &sources_);
  EXPECT_NE(first, second);
  EXPECT_TRUE(sources_.SameText(first, second));
  EXPECT_EQ(sources_.entrance(second).by, EnteredBy::kInclude);
  EXPECT_EQ(sources_.entrance(second).from, from);
  EXPECT_EQ(sources_.texts().size(), 2u);
}

TEST_F(IncludeFilesTest, ATextIsNotIncludedByWayOfItself) {
  IncludeFiles files({top_ + "/zones"});
  const FileId shared = *files.Open("shared", From("zones/main.zone"), &sources_);
  const FileId part = *files.Open("sub/part", {shared, 0}, &sources_);
  EXPECT_EQ(files.Open("../shared", {part, 0}, &sources_).status().message(), "it includes itself");
  EXPECT_EQ(files.Open("part", {part, 0}, &sources_).status().message(), "it includes itself");
}

TEST_F(IncludeFilesTest, TheZoneItselfIsKnownWithoutBeingRead) {
  IncludeFiles files({top_ + "/zones"});
  EXPECT_EQ(files.Open("main.zone", From("zones/main.zone"), &sources_).status().message(), "it includes itself");
  EXPECT_EQ(sources_.texts().size(), 1u);
}

TEST_F(IncludeFilesTest, PipesAndLinksToFoldersOutsideAreRefused) {
  ASSERT_EQ(mkfifo((top_ + "/zones/pipe").c_str(), 0600), 0);
  EXPECT_EQ(Include("pipe"), "refused");
  fs::create_symlink("..", top_ + "/zones/up");
  EXPECT_EQ(Include("up/secret"), "refused");
  EXPECT_EQ(Include("up/zones/shared"), "shared");
  EXPECT_EQ(Include("/dev/stdin"), "refused");
  EXPECT_EQ(Include("/proc/self/cmdline"), "refused");
}

TEST_F(IncludeFilesTest, WithoutRootsNothingIsRead) {
  EXPECT_THAT(std::string(IncludeFiles().Open("shared", From("zones/main.zone"), &sources_).status().message()),
              testing::HasSubstr("--include_root"));
}

TEST_F(IncludeFilesTest, NamesThatNoFileCanHaveAreRefused) {
  const auto message = [&](const std::string& path) {
    return std::string(Files().Open(path, From("zones/main.zone"), &sources_).status().message());
  };
  EXPECT_EQ(message(std::string(5000, 'x')), "the file's name is too long");
  EXPECT_EQ(message(std::string("shared\0.zone", 12)), "a NUL octet in the file's name");
  EXPECT_TRUE(sources_.missing().empty());
}

}  // namespace
}  // namespace strata::zonec
