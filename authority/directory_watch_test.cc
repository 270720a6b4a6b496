// SPDX-License-Identifier: Apache-2.0
#include "authority/directory_watch.h"

#include <unistd.h>

#include <filesystem>
#include <thread>

#include "authority/testing/temp_directory.h"
#include "dns/testing/matchers.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

constexpr absl::Duration kLong = absl::Minutes(10);  // longer than a test may run: a wait for it fails the test
constexpr absl::Duration kSettle = absl::Milliseconds(1);

TEST(DirectoryWatchTest, WakesForEveryKindOfArrival) {
  const TempDirectory directory, elsewhere;
  const std::string outside = elsewhere.Write("outside", "x");
  auto watch = DirectoryWatch::Open(directory.path());
  ASSERT_THAT(watch, IsOk());
  directory.Write("a", "x");
  EXPECT_TRUE((*watch)->Wait(kLong, kSettle));
  std::filesystem::rename(outside, directory / "b");
  EXPECT_TRUE((*watch)->Wait(kLong, kSettle));
  std::filesystem::create_symlink("a", directory / "c");
  EXPECT_TRUE((*watch)->Wait(kLong, kSettle));
  ASSERT_EQ(link((directory / "a").c_str(), (directory / "d").c_str()), 0);
  EXPECT_TRUE((*watch)->Wait(kLong, kSettle));
  std::filesystem::remove(directory / "a");
  EXPECT_TRUE((*watch)->Wait(kLong, kSettle));
}

TEST(DirectoryWatchTest, WakesAtTheTimeout) {
  const TempDirectory directory;
  auto watch = DirectoryWatch::Open(directory.path());
  ASSERT_THAT(watch, IsOk());
  EXPECT_TRUE((*watch)->Wait(kSettle, kLong));
}

TEST(DirectoryWatchTest, StopEndsAWaitAndAllLaterOnes) {
  const TempDirectory directory;
  auto watch = DirectoryWatch::Open(directory.path());
  ASSERT_THAT(watch, IsOk());
  bool going_on = true;
  std::thread waiting([&] { going_on = (*watch)->Wait(kLong, kSettle); });
  (*watch)->Stop();
  waiting.join();
  EXPECT_FALSE(going_on);
  EXPECT_FALSE((*watch)->Wait(kLong, kSettle));
}

// Stopped while changes settle.
TEST(DirectoryWatchTest, StopEndsSettling) {
  const TempDirectory directory;
  auto watch = DirectoryWatch::Open(directory.path());
  ASSERT_THAT(watch, IsOk());
  directory.Write("a", "x");
  std::thread waiting([&] { EXPECT_FALSE((*watch)->Wait(kLong, kLong)); });
  (*watch)->Stop();
  waiting.join();
}

TEST(DirectoryWatchTest, MissingDirectory) {
  const TempDirectory directory;
  EXPECT_FALSE(DirectoryWatch::Open(directory / "missing").ok());
  EXPECT_FALSE(DirectoryWatch::Open(directory.Write("file", "")).ok());
}

}  // namespace
}  // namespace strata::authority
