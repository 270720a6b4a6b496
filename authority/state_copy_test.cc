// SPDX-License-Identifier: Apache-2.0
#include "authority/state_copy.h"

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "authority/testing/temp_directory.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kChecksum(32, '\xab');

std::string Hex() {
  std::string hex;
  for (int i = 0; i < 32; ++i) hex += "ab";
  return hex;
}

TEST(StateCopyTest, DirectoryIsMadeAndCleaned) {
  const TempDirectory directory;
  EXPECT_THAT(PrepareStateDirectory(directory / "a/b"), IsOk());
  EXPECT_TRUE(std::filesystem::is_directory(directory / "a/b"));
  directory.Write(".incoming-123456", "half a copy");
  directory.Write(".incoming-654321", "somebody is writing this one");
  std::filesystem::last_write_time(directory / ".incoming-123456",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  directory.Write("kept.snap", "");
  EXPECT_THAT(PrepareStateDirectory(directory.path()), IsOk());
  EXPECT_THAT(directory.Names(), ElementsAre(".incoming-654321", "a", "kept.snap"));
  directory.Write("file", "");
  EXPECT_THAT(PrepareStateDirectory(directory / "file"), Not(IsOk()));
  EXPECT_THAT(PrepareStateDirectory(directory / "file/below"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("cannot make")));
}

TEST(StateCopyTest, CopyAndKeep) {
  const TempDirectory arrivals, state;
  const std::string octets(3 << 20, 'x');
  const std::string path = arrivals.Write("zone.snap", octets);
  auto incoming = IncomingCopy::Create(state.path());
  ASSERT_THAT(incoming, IsOk());
  ASSERT_THAT(incoming->CopyFrom(path), IsOk());
  // Whatever becomes of the arrival now.
  arrivals.Write("zone.snap", "");
  EXPECT_THAT(incoming->Sync(), IsOk());
  EXPECT_THAT(incoming->Keep(state.path(), kChecksum), IsOk());
  EXPECT_THAT(SyncNames(state.path()), IsOk());
  EXPECT_THAT(state.Names(), ElementsAre(Hex() + ".snap"));
  EXPECT_EQ(state.Read(Hex() + ".snap"), octets);
  struct stat status {};
  ASSERT_EQ(stat(StatePath(state.path(), kChecksum).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0444u);
  RemoveCopy(state.path(), kChecksum);
  EXPECT_THAT(state.Names(), IsEmpty());
}

TEST(StateCopyTest, FailuresLeaveNothingBehind) {
  const TempDirectory arrivals, state;
  ASSERT_EQ(mkfifo((arrivals / "pipe").c_str(), 0600), 0);
  {
    auto incoming = IncomingCopy::Create(state.path());
    ASSERT_THAT(incoming, IsOk());
    EXPECT_THAT(incoming->CopyFrom(arrivals / "missing"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("missing")));
    for (const std::string& path : {arrivals.path(), arrivals / "pipe"}) {
      EXPECT_THAT(incoming->CopyFrom(path), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not a regular")));
      EXPECT_FALSE(ReadChecksum(path).ok());
    }
    EXPECT_FALSE(incoming->Keep(state / "missing", kChecksum).ok());
  }
  EXPECT_THAT(state.Names(), IsEmpty());
  EXPECT_FALSE(IncomingCopy::Create(state / "missing").ok());
}

TEST(StateCopyTest, OneOrManyAreSynced) {
  const TempDirectory state;
  for (const int count : {0, 1, 20}) {
    std::vector<IncomingCopy> copies;
    std::vector<IncomingCopy*> pointers;
    for (int i = 0; i < count; ++i) copies.push_back(*IncomingCopy::Create(state.path()));
    for (IncomingCopy& copy : copies) pointers.push_back(&copy);
    EXPECT_THAT(SyncAll(pointers, state.path()), IsOk());
  }
}

TEST(StateCopyTest, Checksum) {
  const TempDirectory directory;
  EXPECT_EQ(*ReadChecksum(directory.Write("zone.snap", std::string(16, 'h') + kChecksum + "rest")), kChecksum);
  // Too short for a header: a checksum that no snapshot has.
  EXPECT_EQ(ReadChecksum(directory.Write("short.snap", "h"))->size(), 32u);
  EXPECT_THAT(ReadChecksum(directory / "missing"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot open")));
}

TEST(StateCopyTest, KeepOnlyRemovesOtherSnapshotsOnly) {
  const TempDirectory state;
  const std::string used = state.Write(Hex() + ".snap", "");
  state.Write(std::string(64, '0') + ".snap", "");
  state.Write("notes.txt", "");
  // No copy of ours: somebody keeps it there.
  state.Write("example.snap", "");
  KeepOnly({used}, state.path());
  EXPECT_THAT(state.Names(), ElementsAre(Hex() + ".snap", "example.snap", "notes.txt"));
}

}  // namespace
}  // namespace strata::authority
