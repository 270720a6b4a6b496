// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_journal.h"

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "authority/testing/temp_directory.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Wire(absl::string_view text) { return std::string(dns::Name::FromText(text)->wire()); }

ZoneVersion Version(char checksum, const std::string& file) {
  return {std::string(32, checksum), std::string(32, '\x01'), 4294967295u, 7, 1234, 1'700'000'000'123, file};
}

ZoneHistory History(const std::string& file = "") { return ZoneHistory({Version('a', file), Version('b', "")}, 1); }

class ZoneJournalTest : public ::testing::Test {
 protected:
  std::unique_ptr<ZoneJournal> Open() {
    absl::StatusOr<std::unique_ptr<ZoneJournal>> journal = ZoneJournal::Open(state_.path());
    EXPECT_THAT(journal, IsOk());
    return *std::move(journal);
  }

  TempDirectory state_;
};

TEST_F(ZoneJournalTest, RemembersFilesAndZones) {
  const FileNote note{{1, 2, 3, 4, 5}, Wire("a\\ b.example."), std::string(32, '\xff')};
  const FileNote refused{{1, 18446744073709551615u, -1, -5, 5}, "", ""};
  {
    const auto journal = Open();
    EXPECT_THAT(journal->files(), IsEmpty());
    journal->SetFile("odd %/\n name-.snap", note);
    journal->SetFile("-", refused);
    journal->SetFile("gone", note);
    journal->ForgetFile("gone");
    journal->SetZone(Wire("."), History("some file.snap"));
    journal->SetZone(Wire("example."), History());
    journal->ForgetZone(Wire("example."));
    EXPECT_THAT(journal->Sync(), IsOk());
    journal->SetZone(Wire("a\\000\\255.example."), History("-"));
    EXPECT_THAT(journal->Sync(), IsOk());
    journal->SetZone(Wire("never-synced."), History());
  }
  const auto journal = Open();
  EXPECT_EQ(journal->files(), (std::map<std::string, FileNote>{{"odd %/\n name-.snap", note}, {"-", refused}}));
  EXPECT_EQ(journal->zones(),
            (ZoneJournal::Zones{{Wire("."), History("some file.snap")}, {Wire("a\\000\\255.example."), History("-")}}));
}

TEST_F(ZoneJournalTest, ALineThatWasCutOffIsAsIfItWereNotThere) {
  {
    const auto journal = Open();
    journal->SetZone(Wire("one."), History());
    EXPECT_THAT(journal->Sync(), IsOk());
    journal->SetZone(Wire("two."), History());
    EXPECT_THAT(journal->Sync(), IsOk());
  }
  const std::string whole = state_.Read("journal");
  for (size_t size = 0; size < whole.size(); ++size) {
    state_.Write("journal", whole.substr(0, size));
    EXPECT_THAT(Open()->zones(), SizeIs(size <= whole.find('\n') ? 0 : 1)) << size;
  }
}

TEST_F(ZoneJournalTest, LinesThatMakeNoSenseAreSkipped) {
  {
    const auto journal = Open();
    journal->SetZone(Wire("one."), History());
    EXPECT_THAT(journal->Sync(), IsOk());
  }
  const std::string whole = state_.Read("journal");
  state_.Write("journal",
               absl::StrCat("\n \nzone\nzone a..b 0 x\nzone one. 9 x\nfile a b\nfile a b c d e f g h\nwithdrawn\n",
                            "something else\n", std::string("\0\xff\n", 3), whole, "zone two. 0 a/b/c\n"));
  EXPECT_THAT(Open()->zones(), SizeIs(1));
  EXPECT_EQ(state_.Read("journal"), whole);
}

TEST_F(ZoneJournalTest, IsWrittenAnewWhenMostOfItIsOutdated) {
  const auto journal = Open();
  for (int i = 0; i < 5000; ++i) {
    journal->SetZone(Wire("one."), History(absl::StrCat(i)));
    ASSERT_THAT(journal->Sync(), IsOk());
  }
  EXPECT_LT(std::filesystem::file_size(state_ / "journal"), 1100u * 300);
}

TEST_F(ZoneJournalTest, OneOfSeveralProcessesKeepsIt) {
  auto keeper = Open();
  EXPECT_TRUE(keeper->is_keeper());
  keeper->SetZone(Wire("one."), History());
  EXPECT_THAT(keeper->Sync(), IsOk());
  const auto guest = Open();
  EXPECT_FALSE(guest->is_keeper());
  EXPECT_THAT(guest->zones(), SizeIs(1));
  guest->ForgetZone(Wire("one."));
  EXPECT_THAT(guest->Sync(), IsOk());
  keeper.reset();
  const auto next = Open();
  EXPECT_TRUE(next->is_keeper());
  EXPECT_THAT(next->zones(), SizeIs(1));
}

TEST_F(ZoneJournalTest, WhatCouldNotBeWrittenIsTriedAgain) {
  const auto journal = Open();
  journal->SetZone(Wire("one."), History());
  std::filesystem::rename(state_.path(), state_.path() + "-away");
  // The file is still open; a new one cannot be made.
  for (int i = 0; i < 2000; ++i) {
    journal->SetZone(Wire("one."), History(absl::StrCat(i)));
    if (!journal->Sync().ok()) break;
  }
  EXPECT_THAT(journal->Sync().ToString(), HasSubstr("cannot make"));
  std::filesystem::rename(state_.path() + "-away", state_.path());
  EXPECT_THAT(journal->Sync(), IsOk());
}

}  // namespace
}  // namespace strata::authority
