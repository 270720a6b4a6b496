// SPDX-License-Identifier: Apache-2.0
#include "authority/mapped_file.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "authority/testing/temp_directory.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

size_t CountOf(absl::string_view octets, char c) {
  size_t count = 0;
  for (const char& octet : octets) count += *const_cast<volatile const char*>(&octet) == c;
  return count;
}

TEST(MappedFileTest, HasTheFilesOctets) {
  const TempDirectory directory;
  const auto file = MappedFile::Open(directory.Write("file", "octets"));
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ((*file)->octets(), "octets");
  EXPECT_FALSE((*file)->damaged());
}

TEST(MappedFileTest, Refusals) {
  const TempDirectory directory;
  EXPECT_THAT(MappedFile::Open(directory / "missing"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot open")));
  EXPECT_THAT(MappedFile::Open(directory.Write("empty", "")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is empty")));
  EXPECT_THAT(MappedFile::Open(directory.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not a regular file")));
}

TEST(MappedFileTest, FileCutShortUnderneathIsDamagedNotDeadly) {
  const TempDirectory directory;
  const size_t size = 1 << 20;
  const auto other = MappedFile::Open(directory.Write("other", std::string(size, 'o')));
  const auto file = MappedFile::Open(directory.Write("file", std::string(size, 'x')));
  ASSERT_THAT(other, IsOk());
  ASSERT_THAT(file, IsOk());
  ASSERT_EQ(CountOf((*file)->octets(), 'x'), size);
  std::filesystem::resize_file(directory / "file", 4096);
  EXPECT_FALSE((*file)->damaged()) << "nobody has read it";
  EXPECT_EQ(CountOf((*file)->octets().substr(size / 2), '\0'), size / 2);
  EXPECT_TRUE((*file)->damaged());
  EXPECT_EQ(CountOf((*file)->octets(), '\0'), size);
  // The neighbour is whole.
  EXPECT_EQ(CountOf((*other)->octets(), 'o'), size);
  EXPECT_FALSE((*other)->damaged());
}

TEST(MappedFileTest, SlotsAreTakenAgain) {
  const TempDirectory directory;
  const std::string path = directory.Write("file", std::string(8192, 'x'));
  for (int i = 0; i < 10000; ++i) ASSERT_THAT(MappedFile::Open(path), IsOk());
  const auto file = MappedFile::Open(path);
  ASSERT_THAT(file, IsOk());
  std::filesystem::resize_file(path, 0);
  EXPECT_EQ(CountOf((*file)->octets(), '\0'), 8192u);
  EXPECT_TRUE((*file)->damaged());
}

// A bus error that is not about a mapped file ends the process as it would without us.
TEST(MappedFileDeathTest, OtherBusErrorsKeepTheirEffect) {
  const TempDirectory directory;
  const auto guarded = MappedFile::Open(directory.Write("guarded", "octets"));
  ASSERT_THAT(guarded, IsOk());
  const std::string path = directory.Write("foreign", std::string(8192, 'x'));
  FILE* foreign = fopen(path.c_str(), "r");
  ASSERT_NE(foreign, nullptr);
  void* start = mmap(nullptr, 8192, PROT_READ, MAP_SHARED, fileno(foreign), 0);
  ASSERT_NE(start, MAP_FAILED);
  std::filesystem::resize_file(path, 0);
#if defined(__SANITIZE_ADDRESS__)
  // AddressSanitizer's own handler is the previous one: it reports.
  EXPECT_DEATH(CountOf(absl::string_view(static_cast<char*>(start), 8192), 'x'), "BUS");
#else
  EXPECT_EXIT(CountOf(absl::string_view(static_cast<char*>(start), 8192), 'x'), ::testing::KilledBySignal(SIGBUS), "");
#endif
  munmap(start, 8192);
  fclose(foreign);
}

// Sent by kill(2), it has no address that could be one of ours.
TEST(MappedFileDeathTest, SentSignalsKeepTheirEffect) {
  const TempDirectory directory;
  const auto guarded = MappedFile::Open(directory.Write("guarded", "octets"));
  ASSERT_THAT(guarded, IsOk());
  EXPECT_DEATH(
      {
        raise(SIGBUS);
        raise(SIGBUS);
      },
      "");
}

}  // namespace
}  // namespace strata::authority
