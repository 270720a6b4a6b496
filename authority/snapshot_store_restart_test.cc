// What survives a restart, a lost copy, a damaged journal, and other processes on the same state directory.
//
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "authority/snapshot_store.h"
#include "authority/testing/snapshot_store_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;

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
  const std::filesystem::path copy = Copies().at(0);
  catalog_.Publish(std::make_shared<const ZoneCatalog>());
  std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) - 1);
  Start();
  EXPECT_EQ(Scan(), 0);
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

TEST_F(SnapshotStoreTest, WhatIsPushedIsServedAlsoAfterARestart) {
  Scan();
  EXPECT_TRUE(Push(Snapshot("example.", 1))->changed);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  EXPECT_FALSE(Push(Snapshot("example.", 1))->changed);
  EXPECT_TRUE(Push(Snapshot("example.", 2))->changed);
  EXPECT_EQ(Scan(), 0);
  Start();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.2");
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, ASecondProcessServesTheSameStateAndChangesNothingInIt) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  PublishedCatalog catalog;
  auto guest = StartGuest(&catalog);
  EXPECT_EQ(catalog.Current()->zones().size(), 1u);
  EXPECT_THAT(guest->RollBack(Wire("example."), ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--state")));
  std::filesystem::remove(snapshots_ / "example.snap");
  EXPECT_THAT(guest->Scan(), IsOk());
  EXPECT_EQ(catalog.Current()->zones().size(), 0u);
  EXPECT_EQ(CopyCount(), 1u);
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, ADamagedJournalCostsNoCopies) {
  ASSERT_THAT(Push(Snapshot("one.", 1)), IsOk());
  ASSERT_THAT(Push(Snapshot("two.", 2)), IsOk());
  store_.reset();
  const std::string journal = state_.Read("copies/journal");
  std::string damaged = journal;
  damaged[damaged.find("zone one") + 9] = 'x';
  state_.Write("copies/journal", damaged);
  Start();
  Scan();
  EXPECT_EQ(Served("one."), "not ours");
  EXPECT_EQ(Served("two."), "192.0.2.2");
  Start();
  EXPECT_EQ(CopyCount(), 2u) << "Also at the next start, when the journal is sound.";
  EXPECT_EQ(state_.Read("copies/journal.damaged"), damaged);
  // Somebody mends it.
  store_.reset();
  state_.Write("copies/journal", journal);
  std::filesystem::remove(state_ / "copies/journal.damaged");
  Start();
  Scan();
  EXPECT_EQ(Served("one."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, AJournalThatCannotBeReadIsNoFirstStart) {
  ASSERT_THAT(Push(Snapshot("one.", 1)), IsOk());
  store_.reset();
  std::filesystem::rename(state_ / "copies/journal", state_ / "journal");
  std::filesystem::create_directory(state_ / "copies/journal");
  PublishedCatalog catalog;
  EXPECT_THAT(SnapshotStore::Open({snapshots_.path(), state_ / "copies"}, &catalog).status().message(),
              HasSubstr("journal"));
  EXPECT_EQ(CopyCount(), 1u);
  std::filesystem::remove(state_ / "copies/journal");
  std::filesystem::rename(state_ / "journal", state_ / "copies/journal");
  Start();
  Scan();
  EXPECT_EQ(Served("one."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, AnEarlierVersionIsServedWhereThePushedOneCannotBeRead) {
  ASSERT_THAT(Push(Snapshot("one.", 1)), IsOk());
  const std::filesystem::path first = Copies()[0];
  ASSERT_THAT(Push(Snapshot("one.", 2)), IsOk());
  store_.reset();
  for (const std::filesystem::path& copy : Copies()) {
    if (copy != first) std::filesystem::resize_file(copy, 100);
  }
  Start();
  Scan();
  EXPECT_EQ(Served("one."), "192.0.2.1");
  EXPECT_EQ(store_->FindZone(Wire("one."))->history.active_index(), 0u);
  ASSERT_THAT(Push(Snapshot("one.", 2)), IsOk());
  EXPECT_EQ(Served("one."), "192.0.2.2");
}

TEST_F(SnapshotStoreTest, AZoneWithoutAReadableCopyIsNotListed) {
  ASSERT_THAT(Push(Snapshot("one.", 1)), IsOk());
  store_.reset();
  std::filesystem::resize_file(Copies()[0], 100);
  Start();
  Scan();
  EXPECT_EQ(Served("one."), "not ours");
  EXPECT_FALSE(store_->FindZone(Wire("one.")).ok());
  EXPECT_TRUE(store_->Zones("", 10).empty());
}

TEST_F(SnapshotStoreTest, ARollBackToAnotherSnapshotIsRefused) {
  ASSERT_THAT(Push(Snapshot("one.", 1)), IsOk());
  const std::filesystem::path first = Copies()[0];
  ASSERT_THAT(Push(Snapshot("one.", 2)), IsOk());
  std::filesystem::remove(first);
  for (const std::filesystem::path& copy : Copies()) std::filesystem::copy_file(copy, first);
  EXPECT_THAT(RollBack("one."), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another snapshot")));
  EXPECT_EQ(Served("one."), "192.0.2.2");
}

TEST_F(SnapshotStoreTest, TheNextProcessTakesOverWhatTheFirstOneKept) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  PublishedCatalog catalog;
  auto guest = StartGuest(&catalog);
  // The first one learns more, then ends.
  ASSERT_THAT(Push(Snapshot("pushed.", 7)), IsOk());
  store_.reset();
  EXPECT_THAT(guest->Scan(), IsOk());
  EXPECT_EQ(catalog.Current()->zones().size(), 2u);
  store_ = std::move(guest);
  ASSERT_THAT(Push(Snapshot("pushed.", 8)), IsOk());
  store_.reset();
  Start();
  Scan();
  EXPECT_EQ(Served("pushed."), "192.0.2.8");
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

}  // namespace
}  // namespace strata::authority
