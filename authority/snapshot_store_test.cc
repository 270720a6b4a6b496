// A directory of snapshots and what becomes of the zones when its files change.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/snapshot_store.h"

#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "authority/testing/snapshot_store_fixture.h"
#include "authority/testing/temp_directory.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

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

TEST_F(SnapshotStoreTest, ACopyThatIsCutShortWhileServedIsTakenInAgain) {
  std::string lines = "www A 192.0.2.1\n";
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&lines, "host", i, " A 192.0.2.2\n");  // so large that it is mapped
  snapshots_.Write("example.snap", SnapshotText("example.", lines));
  Scan();
  const std::filesystem::path copy = Copies().at(0);
  std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(copy, 0);
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
  EXPECT_FALSE(store_->Scan().ok());
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, VersionsBeforeAreKeptAndServedAgain) {
  for (int i = 1; i <= 6; ++i) {
    snapshots_.Replace("example.snap", Snapshot("example.", i));
    Scan();
  }
  EXPECT_EQ(CopyCount(), 4u) << "the one that is served, and three before it";
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.5");
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.4");
  ASSERT_THAT(RollBack("example.", store_->Zones("", 1)[0].history.versions()[0].checksum.substr(0, 5)), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.3");
  EXPECT_THAT(RollBack("example."), StatusIs(absl::StatusCode::kNotFound, HasSubstr("--keep")));
  EXPECT_THAT(RollBack("other."), StatusIs(absl::StatusCode::kNotFound, HasSubstr("other.")));
  EXPECT_EQ(store_->metrics().rolled_back.value(), 3u);
}

TEST_F(SnapshotStoreTest, ARollBackStandsUntilTheFileHasOtherContent) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  snapshots_.Replace("example.snap", Snapshot("example.", 2));
  Scan();
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  Start();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1") << "after a restart";
  snapshots_.Replace("example.snap", Snapshot("example.", 2));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1") << "the same was copied once more";
  snapshots_.Replace("example.snap", Snapshot("example.", 3));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.3");
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.1") << "not what was rolled back from";
}

TEST_F(SnapshotStoreTest, WhatCameLastIsServedByWhicheverWay) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  ASSERT_THAT(Push(Snapshot("example.", 2)), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.2");
  snapshots_.Replace("example.snap", Snapshot("example.", 3));
  Scan();
  EXPECT_EQ(Served("example."), "192.0.2.3");
  ASSERT_THAT(Push(Snapshot("example.", 4)), IsOk());
  std::filesystem::remove(snapshots_ / "example.snap");
  Scan();
  EXPECT_EQ(Served("example."), "192.0.2.4") << "the file that was removed is not what is served";
}

TEST_F(SnapshotStoreTest, WhatIsPushedInVainChangesNothing) {
  Scan();
  ASSERT_THAT(Push(Snapshot("example.", 1)), IsOk());
  std::string damaged = Snapshot("example.", 2);
  damaged[damaged.size() / 2] ^= 1;
  EXPECT_THAT(Push(damaged), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
  EXPECT_THAT(Push(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
  EXPECT_THAT(Push(Snapshot("other.", 1), "example."),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("other., not example.")));
  EXPECT_EQ(Served("example."), "192.0.2.1");
  EXPECT_EQ(Served("other."), "not ours");
  EXPECT_EQ(CopyCount(), 1u);
}

TEST_F(SnapshotStoreTest, AJournalThatCannotBeWrittenRefusesWhatIsPushed) {
  Scan();
  ASSERT_THAT(Push(Snapshot("example.", 1)), IsOk());
  ASSERT_THAT(Push(Snapshot("example.", 2)), IsOk());
  absl::StatusOr<IncomingCopy> copy = IncomingCopy::Create(state_ / "copies");
  ASSERT_THAT(copy, IsOk());
  ASSERT_THAT(copy->Append(Snapshot("example.", 3)), IsOk());
  std::filesystem::rename(state_ / "copies", state_ / "away");
  EXPECT_FALSE(store_->Push(*std::move(copy), "").ok());
  EXPECT_FALSE(RollBack("example.").ok());
  EXPECT_EQ(Served("example."), "192.0.2.2");
  std::filesystem::rename(state_ / "away", state_ / "copies");
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, AFileThatComesToHoldAnotherZoneIsRefused) {
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  snapshots_.Write("other.snap", Snapshot("other.", 2));
  Scan();
  snapshots_.Replace("example.snap", Snapshot("third.", 3));
  EXPECT_EQ(Scan(), 1);
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  EXPECT_EQ(Served("third."), "not ours");
  // As `mv other.snap example.snap` does.
  std::filesystem::rename(snapshots_ / "other.snap", snapshots_ / "example.snap");
  EXPECT_EQ(Scan(), 1);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  EXPECT_EQ(Served("other."), "192.0.2.2");
  std::filesystem::remove(snapshots_ / "example.snap");
  Scan();
  EXPECT_EQ(Served("example."), "not ours");
  snapshots_.Write("example.snap", Snapshot("third.", 3));
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("third."), "192.0.2.3");
}

TEST_F(SnapshotStoreTest, AZoneInTheFileOfAnotherStaysWhicheverScanSawIt) {
  for (const bool between : {false, true}) {
    snapshots_.Write("a.snap", Snapshot("a.", 1));
    snapshots_.Write("b.snap", Snapshot("b.", 2));
    Scan();
    snapshots_.Replace("a.snap", snapshots_.Read("b.snap"));
    if (between) Scan();
    std::filesystem::remove(snapshots_ / "b.snap");
    Scan();
    Scan();
    EXPECT_EQ(Served("a."), "192.0.2.1") << between;
    EXPECT_EQ(Served("b."), "192.0.2.2") << between;
    // When the mistake is mended, nothing holds it any more.
    snapshots_.Replace("a.snap", Snapshot("a.", 3));
    Scan();
    EXPECT_EQ(Served("a."), "192.0.2.3") << between;
    EXPECT_EQ(Served("b."), "not ours") << between;
  }
}

TEST_F(SnapshotStoreTest, WritingAnOldVersionAgainAsItWasLeavesNoCopy) {
  snapshots_.Write("a.snap", Snapshot("example.", 1));
  Scan();
  for (int last = 2; last < 7; ++last) ASSERT_THAT(Push(Snapshot("example.", last)), IsOk());
  EXPECT_EQ(CopyCount(), 4u);
  snapshots_.Replace("a.snap", Snapshot("example.", 1));
  Scan();
  EXPECT_EQ(Served("example."), "192.0.2.6");
  EXPECT_EQ(CopyCount(), 4u);
}

TEST_F(SnapshotStoreTest, ARenamedFileKeepsItsZoneAndVersions) {
  snapshots_.Write("a.snap", Snapshot("example.", 1));
  Scan();
  snapshots_.Replace("a.snap", Snapshot("example.", 2));
  Scan();
  std::filesystem::rename(snapshots_ / "a.snap", snapshots_ / "b.snap");
  const auto before = catalog_.Current();
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(catalog_.Current(), before);
  ASSERT_THAT(RollBack("example."), IsOk());
  EXPECT_EQ(Served("example."), "192.0.2.1");
}

TEST_F(SnapshotStoreTest, CatalogsOfBeforeGoWhenNobodyUsesThem) {
  PublishedCatalog::View view(catalog_);
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  view.Refresh();
  EXPECT_EQ(store_->ReleaseUnused(), 0u);
  const std::weak_ptr<const ZoneCatalog> first = catalog_.Current();
  snapshots_.Replace("example.snap", Snapshot("example.", 2));
  Scan();
  EXPECT_EQ(store_->ReleaseUnused(), 1u) << "the view has it";
  view.Refresh();
  EXPECT_FALSE(first.expired()) << "it is not the view that destroys it";
  EXPECT_EQ(store_->ReleaseUnused(), 0u);
  EXPECT_TRUE(first.expired());
}

// As Kubernetes replaces the files of a ConfigMap: links to links, of which the inner one changes.
TEST_F(SnapshotStoreTest, FilesBehindLinksThatAreSwapped) {
  const auto make = [&](const std::string& folder, int last) {
    std::filesystem::create_directory(snapshots_ / folder);
    snapshots_.Write(folder + "/example.snap", Snapshot("example.", last));
  };
  make("..1", 1);
  std::filesystem::create_symlink("..1", snapshots_ / "..data");
  std::filesystem::create_symlink("..data/example.snap", snapshots_ / "example.snap");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.1");
  make("..2", 2);
  std::filesystem::create_symlink("..2", snapshots_ / "..new");
  std::filesystem::rename(snapshots_ / "..new", snapshots_ / "..data");
  std::filesystem::remove_all(snapshots_ / "..1");
  EXPECT_EQ(Scan(), 0);
  EXPECT_EQ(Served("example."), "192.0.2.2");
}

TEST_F(SnapshotStoreTest, WhatTheDiskDidIsInTheMetrics) {
  EXPECT_EQ(store_->metrics().intake_failing.value(), 0);
  std::filesystem::rename(state_ / "copies", state_ / "away");
  snapshots_.Write("example.snap", Snapshot("example.", 1));
  Scan();
  EXPECT_EQ(store_->metrics().intake_failing.value(), 1);
  std::filesystem::rename(state_ / "away", state_ / "copies");
  Scan();
  EXPECT_EQ(store_->metrics().intake_failing.value(), 0);
}

TEST_F(SnapshotStoreTest, ZonesAreListedInPagesInCanonicalOrder) {
  for (const char* origin : {"b.example.", "example.", "a.b.example.", "aa.", "z.example."}) {
    ASSERT_THAT(Push(Snapshot(origin, 1)), IsOk());
  }
  std::string after;
  std::string list;
  for (;;) {
    const auto page = store_->Zones(after, 2);
    if (page.empty()) break;
    for (const auto& zone : page) list += dns::WireNameToText(zone.origin) + " ";
    after = page.back().origin;
  }
  EXPECT_EQ(list, "aa. example. b.example. a.b.example. z.example. ");
}

TEST_F(SnapshotStoreTest, TheSnapshotsDirectoryHoldsNoCopies) {
  EXPECT_THAT(SnapshotStore::Open({snapshots_.path(), snapshots_.path()}, &catalog_).status().ToString(),
              AllOf(HasSubstr("--state"), HasSubstr("a directory of their own")));
}

TEST_F(SnapshotStoreTest, RefusalsToOpenNameTheFlag) {
  EXPECT_THAT(SnapshotStore::Open({snapshots_ / "missing", state_.path()}, &catalog_).status().ToString(),
              AllOf(HasSubstr("--snapshots: cannot read directory"), HasSubstr("missing")));
  const std::string file = state_.Write("file", "");
  EXPECT_THAT(SnapshotStore::Open({snapshots_.path(), file + "/state"}, &catalog_).status().ToString(),
              AllOf(HasSubstr("--state: cannot make"), HasSubstr("may write to")));
}

}  // namespace
}  // namespace strata::authority
