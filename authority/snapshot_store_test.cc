// A directory of snapshots and what becomes of the zones when its files change.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/snapshot_store.h"

#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "authority/testing/temp_directory.h"
#include "authority/testing/test_zone.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

// `www.ORIGIN A 192.0.2.LAST`.
std::string Snapshot(absl::string_view origin, int last) {
  return SnapshotText(origin, absl::StrCat("www A 192.0.2.", last));
}

class SnapshotStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { Start(); }

  // As a process that starts.
  void Start() {
    auto store = SnapshotStore::Open({snapshots_.path(), state_ / "copies"});
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  int Scan() {
    const absl::StatusOr<int> refused = store_->Scan(&catalog_);
    EXPECT_THAT(refused, IsOk());
    return refused.value_or(-1);
  }

  // The address of www.ORIGIN, or "not ours".
  std::string Served(absl::string_view origin) {
    std::string answer = Ask(*catalog_.Current(), absl::StrCat("www.", origin, " A"));
    const size_t at = answer.find("IN A ");
    return at == std::string::npos ? answer : answer.substr(at + 5, answer.size() - at - 6);
  }

  std::vector<std::filesystem::path> Copies() {
    std::vector<std::filesystem::path> copies;
    for (const auto& entry : std::filesystem::directory_iterator(state_ / "copies")) {
      if (entry.is_regular_file()) copies.push_back(entry.path());
    }
    return copies;
  }
  size_t CopyCount() { return Copies().size(); }

  TempDirectory snapshots_;
  TempDirectory state_;
  std::unique_ptr<SnapshotStore> store_;
  PublishedCatalog catalog_;
};

TEST_F(SnapshotStoreTest, ArrivalsAreServed) {
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "not ours");
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  snapshots_.Write("other.snap", Snapshot("other.", 2));
  snapshots_.Write("other.zone", "not looked at");
  snapshots_.Write(".hidden.snap", "neither");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  EXPECT_EQ(Served("other."), "192.0.2.2");
}

TEST_F(SnapshotStoreTest, NothingNewPublishesNothing) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  const auto before = catalog_.Current();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(catalog_.Current(), before);
}

TEST_F(SnapshotStoreTest, CopiesAreReadOnlyAndNamedByTheirChecksum) {
  const std::string snapshot = Snapshot("example.", 1);
  snapshots_.Write("example.snap", snapshot);
  Scan();
  ASSERT_EQ(CopyCount(), 1u);
  const std::filesystem::path copy = Copies()[0];
  EXPECT_EQ(copy.filename().string().size(), 64u + 5u);
  struct stat status {};
  ASSERT_EQ(stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0444u);
  EXPECT_EQ(status.st_size, static_cast<off_t>(snapshot.size()));
}

TEST_F(SnapshotStoreTest, ReplacedByRenaming) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  snapshots_.Replace("example.snap", Snapshot("example.", 2));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.2");
  EXPECT_EQ(CopyCount(), 1u);
}

TEST_F(SnapshotStoreTest, OverwrittenInPlace) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  // While it is being overwritten, and after: what is served is not the operator's file.
  snapshots_.Write("example.snap", "");
  EXPECT_EQ(Served("example."), "192.0.2.1");
  snapshots_.Write("example.snap", Snapshot("example.", 22));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.22");
}

TEST_F(SnapshotStoreTest, BadVersionsAreRefusedOnceAndTheZoneStays) {
  const std::string good = Snapshot("example.", 1);
  snapshots_.Write("example.snap", good);
  Scan();
  std::string flipped = good;
  flipped[flipped.size() / 2] ^= 1;
  for (const std::string& bad : {good.substr(0, good.size() / 2), good.substr(0, 20), std::string("garbage"),
                                 std::string(), flipped, good + "x"}) {
    snapshots_.Replace("example.snap", bad);
    EXPECT_EQ(Scan(), 1);
    EXPECT_EQ(Scan(), 0) << "reported again";
    EXPECT_EQ(Served("example."), "192.0.2.1");
    EXPECT_EQ(CopyCount(), 1u) << "a refused copy was left behind";
  }
  snapshots_.Replace("example.snap", Snapshot("example.", 3));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.3");
}

TEST_F(SnapshotStoreTest, RefusesWhatIsNoFile) {
  ASSERT_EQ(mkfifo((snapshots_ / "pipe.snap").c_str(), 0600), 0);
  std::filesystem::create_directory(snapshots_ / "directory.snap");
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  EXPECT_EQ(Scan(), 2);
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

// A link that leads nowhere is a file that is not there; one that cannot be followed at all withdraws nothing.
TEST_F(SnapshotStoreTest, LinksThatBreak) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  std::filesystem::remove(snapshots_ / "example.snap");
  std::filesystem::create_symlink("example.snap", snapshots_ / "example.snap");
  EXPECT_EQ(Scan(), 1);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  std::filesystem::remove(snapshots_ / "example.snap");
  std::filesystem::create_symlink("nowhere", snapshots_ / "example.snap");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "not ours");
}

TEST_F(SnapshotStoreTest, RemovalWithdraws) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  snapshots_.Write("other.snap", Snapshot("other.", 2));
  Scan();
  std::filesystem::remove(snapshots_ / "example.snap");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "not ours");
  EXPECT_EQ(Served("other."), "192.0.2.2");
  EXPECT_EQ(CopyCount(), 1u);
}

TEST_F(SnapshotStoreTest, OfTwoFilesOfOneZoneTheLaterByNameIsServed) {
  snapshots_.Write("b.snap", Snapshot("example.", 2));
  snapshots_.Write("a.snap", Snapshot("example.", 1));
  Scan();
  EXPECT_EQ(Served("example."), "192.0.2.2");
  EXPECT_EQ(catalog_.Current()->zones().size(), 1u);
  std::filesystem::remove(snapshots_ / "b.snap");
  Scan();
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, RestartTakesTheCopies) {
  const std::string good = Snapshot("example.", 1);
  snapshots_.Write("example.snap", good);
  Scan();
  // Behind the header the arrival is garbage now: only the copy can be what is served.
  snapshots_.Write("example.snap", good.substr(0, 64) + "garbage");
  Start();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, RestartWithADamagedCopyTakesTheArrivalAgain) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  const auto copy = *std::filesystem::directory_iterator(state_ / "copies");
  catalog_.Publish(std::make_shared<const ZoneCatalog>());
  std::filesystem::permissions(copy.path(), std::filesystem::perms::owner_all);
  std::filesystem::resize_file(copy.path(), copy.file_size() - 1);
  Start();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, ACopyThatIsCutShortWhileServedIsTakenInAgain) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  const auto copy = *std::filesystem::directory_iterator(state_ / "copies");
  std::filesystem::permissions(copy.path(), std::filesystem::perms::owner_all);
  std::filesystem::resize_file(copy.path(), 0);
  EXPECT_EQ(Served("example."), "damaged");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, WhatTheDiskDidIsTriedAgain) {
  std::filesystem::rename(state_ / "copies", state_ / "away");
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  EXPECT_EQ(Scan(), 1);
  EXPECT_EQ(Served("example."), "not ours");
  std::filesystem::rename(state_ / "away", state_ / "copies");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, AnUnreadableDirectoryChangesNothing) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  std::filesystem::remove_all(snapshots_.path());
  EXPECT_FALSE(store_->Scan(&catalog_).ok());
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, CutOffCopiesAreRemovedAtTheStart) {
  state_.Write("copies/.incoming-abcdef", "half");
  const auto yesterday = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
  std::filesystem::last_write_time(state_ / "copies/.incoming-abcdef", yesterday);
  // Another authority may be writing this one.
  state_.Write("copies/.incoming-fedcba", "half");
  Start();
  ASSERT_EQ(CopyCount(), 1u);
  EXPECT_EQ(Copies()[0].filename(), ".incoming-fedcba");
}

TEST_F(SnapshotStoreTest, AnArrivalDamagedWhileTheAuthorityWasAwayIsServedAsItWasBefore) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  const std::string before = Served("example.");
  const auto restart_with_damage = [this] {
    store_.reset();
    catalog_.Publish(std::make_shared<const ZoneCatalog>());
    snapshots_.Write("example.snap", "garbage");
    Start();
    EXPECT_EQ(Scan(), 1);
  };
  restart_with_damage();
  EXPECT_EQ(Served("example."), before);
  std::filesystem::remove(snapshots_ / "example.snap");
  Scan();
  EXPECT_EQ(Served("example."), "not ours");
  restart_with_damage();
  EXPECT_EQ(Served("example."), "not ours") << "a withdrawn zone came back";
}

TEST_F(SnapshotStoreTest, TheSnapshotsDirectoryHoldsNoCopies) {
  EXPECT_THAT(SnapshotStore::Open({snapshots_.path(), snapshots_.path()}).status().ToString(),
              AllOf(HasSubstr("--state"), HasSubstr("a directory of their own")));
}

TEST_F(SnapshotStoreTest, RefusalsToOpenNameTheFlag) {
  EXPECT_THAT(SnapshotStore::Open({snapshots_ / "missing", state_.path()}).status().ToString(),
              AllOf(HasSubstr("--snapshots: cannot read directory"), HasSubstr("missing")));
  const std::string file = state_.Write("file", "");
  EXPECT_THAT(SnapshotStore::Open({snapshots_.path(), file + "/state"}).status().ToString(),
              AllOf(HasSubstr("--state: cannot make"), HasSubstr("may write to")));
}

}  // namespace
}  // namespace strata::authority
