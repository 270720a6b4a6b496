// SPDX-License-Identifier: Apache-2.0
#include "base/memory_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/watched_file.h"

namespace strata::base {
namespace {

std::string ReadAt(const std::string& path) {
  const absl::StatusOr<std::string> text = WatchedFile(path, 1 << 20).Read();
  return text.ok() ? *text : text.status().ToString();
}

time_t ModifiedAt(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return status.st_mtime;
}

TEST(MemoryFileTest, ThePathLeadsToTheLastText) {
  MemoryFile file;
  ASSERT_TRUE(file.Write("one").ok());
  const std::string path = file.path();
  EXPECT_EQ(ReadAt(path), "one");
  const time_t first = ModifiedAt(path);
  ASSERT_TRUE(file.Write(std::string(100000, 'x')).ok());
  EXPECT_EQ(file.path(), path);
  EXPECT_EQ(ReadAt(path), std::string(100000, 'x'));
  EXPECT_NE(ModifiedAt(path), first) << "Readers tell texts apart by it.";
}

TEST(MemoryFileTest, WhoHasOpenedItReadsOneTextToItsEnd) {
  MemoryFile file;
  ASSERT_TRUE(file.Write("old text").ok());
  FILE* const reader = fopen(file.path().c_str(), "r");
  ASSERT_NE(reader, nullptr);
  ASSERT_TRUE(file.Write("new").ok());
  char buffer[100] = "";
  EXPECT_EQ(fread(buffer, 1, sizeof buffer, reader), 8u);
  EXPECT_STREQ(buffer, "old text");
  fclose(reader);
}

TEST(MemoryFileTest, OthersMayNotReadIt) {
  MemoryFile file;
  ASSERT_TRUE(file.Write("secret").ok());
  struct stat status {};
  ASSERT_EQ(stat(file.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

}  // namespace
}  // namespace strata::base
