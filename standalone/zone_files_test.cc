// SPDX-License-Identifier: Apache-2.0
#include "standalone/zone_files.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"

namespace strata::standalone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Catalog = std::shared_ptr<const authority::ZoneCatalog>;

std::string ZoneText(int serial, const std::string& more = "") {
  return absl::StrCat("$TTL 60\n@ SOA ns.x. root.x. ", serial, " 2 3 4 5\n@ NS ns.x.\n", more);
}

class ZoneFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(Path(name)) << text; }
  void Replace(const std::string& name, const std::string& text) const {
    Write("new", text);
    std::filesystem::rename(Path("new"), Path(name));
  }

  // "zone serial" of each.
  static std::vector<std::string> Zones(const Catalog& catalog) {
    std::vector<std::string> zones;
    if (catalog == nullptr) return {"unchanged"};
    for (const auto& zone : catalog->zones()) {
      zones.push_back(absl::StrCat(dns::WireNameToText(zone->reader.origin()), " ", zone->reader.serial()));
    }
    return zones;
  }

  Catalog Load(ZoneFiles* files) {
    testing::internal::CaptureStderr();
    const absl::StatusOr<Catalog> loaded = files->Load();
    err_ = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(loaded.ok()) << loaded.status() << err_;
    return loaded.ok() ? *loaded : nullptr;
  }
  std::string LoadError(ZoneFiles* files) {
    testing::internal::CaptureStderr();
    const absl::StatusOr<Catalog> loaded = files->Load();
    err_ = testing::internal::GetCapturedStderr();
    return std::string(loaded.status().message());
  }
  // Two looks: one sees the change, the other that it stands still.
  std::vector<std::string> Reload(ZoneFiles* files) {
    testing::internal::CaptureStderr();
    const Catalog first = files->Reload();
    const Catalog second = files->Reload();
    err_ = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(first == nullptr || second == nullptr) << "compiled twice for one change";
    return Zones(first != nullptr ? first : second);
  }

  std::string folder_;
  std::string err_;
};

TEST_F(ZoneFilesTest, LoadsAllFiles) {
  Write("a.test.zone", ZoneText(1));
  Write("db.b.test", ZoneText(2));
  ZoneFiles files({Path("a.test.zone"), Path("db.b.test")});
  EXPECT_THAT(Zones(Load(&files)), ElementsAre("a.test. 1", "b.test. 2"));
  EXPECT_THAT(err_, HasSubstr("msg=\"zone loaded\" zone=a.test. serial=1 records=2"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, IsEmpty());
}

TEST_F(ZoneFilesTest, WarningsAreToldAndServeAllTheSame) {
  Write("a.test.zone", ZoneText(1, "out.of.zone. A 192.0.2.1\n"));
  ZoneFiles files({Path("a.test.zone")});
  EXPECT_THAT(Zones(Load(&files)), ElementsAre("a.test. 1"));
  EXPECT_THAT(err_, HasSubstr("a.test.zone:4:14: warning: "));
}

TEST_F(ZoneFilesTest, ErrorsOfAllFilesAreToldEachOnLinesOfItsOwn) {
  Write("a.test.zone", ZoneText(1, "x A bad\n"));
  Write("b.test.zone", ZoneText(1));
  Write("c.test.zone", "");
  ZoneFiles files({Path("none"), folder_, Path("a.test.zone"), Path("b.test.zone"), Path("c.test.zone")});
  EXPECT_EQ(LoadError(&files), "4 of 5 zone files cannot be served");
  EXPECT_THAT(err_, HasSubstr("/none: No such file or directory\n"));
  EXPECT_THAT(err_, HasSubstr(folder_ + ": Is a directory\n"));
  EXPECT_THAT(err_, HasSubstr("a.test.zone:4:5: error: "));
  EXPECT_THAT(err_, HasSubstr("\n" + Path("c.test.zone")));
}

TEST_F(ZoneFilesTest, ASnapshotIsToldByItsContent) {
  Write("any_name", zonec::Compile("a.test", ZoneText(7), {}).snapshot);
  ZoneFiles files({Path("any_name")});
  EXPECT_THAT(Zones(Load(&files)), ElementsAre("a.test. 7"));
  EXPECT_THAT(err_, HasSubstr("msg=\"zone loaded\" zone=a.test. serial=7"));
  Replace("any_name", zonec::Compile("a.test", ZoneText(8), {}).snapshot);
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 8"));
}

TEST_F(ZoneFilesTest, ADamagedSnapshotIsRefused) {
  std::string octets = zonec::Compile("a.test", ZoneText(7), {}).snapshot;
  octets.back() ^= 1;
  Write("a.snap", octets);
  ZoneFiles files({Path("a.snap")});
  EXPECT_EQ(LoadError(&files), "1 of 1 zone files cannot be served");
  EXPECT_THAT(err_, HasSubstr("a.snap: "));
}

TEST_F(ZoneFilesTest, TwoFilesOfOneZoneAreRefused) {
  Write("a.test.zone", ZoneText(1));
  Write("x", "$ORIGIN A.Test.\n" + ZoneText(2));
  ZoneFiles files({Path("a.test.zone"), Path("x")});
  EXPECT_THAT(LoadError(&files), testing::AllOf(HasSubstr("a.test.zone"), HasSubstr("/x"),
                                                HasSubstr("are both the zone a.test.; leave one of them out")));
}

TEST_F(ZoneFilesTest, AChangeByRenameOrInPlaceIsTakenUp) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  Replace("a.test.zone", ZoneText(2));
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 2"));
  Write("a.test.zone", ZoneText(30));
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 30"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
}

TEST_F(ZoneFilesTest, AFileThatIsBeingWrittenIsLeftAlone) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  // Each state on the way is a sound zone, but not the one that is meant.
  std::string text = ZoneText(2);
  for (int i = 0; i < 3; ++i) {
    Write("a.test.zone", text);
    EXPECT_EQ(files.Reload(), nullptr) << i;
    absl::StrAppend(&text, "x", i, " A 192.0.2.1\n");
  }
  const Catalog whole = files.Reload();
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->zones()[0]->reader.record_count(), 4u);
}

TEST_F(ZoneFilesTest, AnIncludedFileIsWatchedToo) {
  Write("a.test.zone", ZoneText(1, "$INCLUDE part\n"));
  Write("part", "x A 192.0.2.1\n");
  ZoneFiles files({Path("a.test.zone")});
  EXPECT_EQ(Load(&files)->zones()[0]->reader.record_count(), 3u);
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  Replace("part", "x A 192.0.2.1\ny A 192.0.2.2\n");
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 1"));
  EXPECT_THAT(err_, HasSubstr("records=4"));
}

TEST_F(ZoneFilesTest, WhatAProgramIncludesIsWatchedToo) {
  Write("program.py",
        "include('part.py')\nzone = [SOA('p.test', 'ns', 'root', serial=number), NS('p.test', 'ns.other.test')]\n");
  Write("part.py", "number = 5\n");
  ZoneFiles files({Path("program.py")});
  Load(&files);
  Replace("part.py", "number = \n");
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("part.py:1:10: error: "));
  EXPECT_THAT(err_, HasSubstr("In file included from "));
  EXPECT_THAT(err_, HasSubstr("the zone is served as it was before"));
  Replace("part.py", "number = 6\n");
  EXPECT_THAT(Reload(&files), ElementsAre("p.test. 6"));
}

TEST_F(ZoneFilesTest, AnIncludedFileMayGoAndComeBack) {
  Write("a.test.zone", ZoneText(1, "$INCLUDE part\n"));
  Write("part", "x A 192.0.2.1\n");
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  std::filesystem::remove(Path("part"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("msg=\"zone file refused, the zone is served as it was before\" zone=a.test."));
  Write("part", "x A 192.0.2.1\ny A 192.0.2.2\n");
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 1"));
}

TEST_F(ZoneFilesTest, AnIncludedFileMayComeAfterTheOneThatNamesIt) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  Write("a.test.zone", ZoneText(2, "$INCLUDE part\n"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("refused"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, IsEmpty()) << "told once";
  Write("part", "x A 192.0.2.1\n");
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 2"));
}

TEST_F(ZoneFilesTest, ABrokenChangeKeepsTheZoneUntilItIsMended) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  Replace("a.test.zone", ZoneText(2, "x A bad\n"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("a.test.zone:4:5: error: "));
  EXPECT_THAT(err_, HasSubstr("level=error"));
  EXPECT_THAT(err_, HasSubstr("zone file refused, the zone is served as it was before"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, IsEmpty()) << "told once";
  Replace("a.test.zone", ZoneText(3));
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 3"));
}

TEST_F(ZoneFilesTest, ABrokenFileDoesNotHoldOthersBack) {
  Write("a.test.zone", ZoneText(1));
  Write("b.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone"), Path("b.test.zone")});
  Load(&files);
  Write("a.test.zone", "broken");
  Write("b.test.zone", ZoneText(22));
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 1", "b.test. 22"));
}

TEST_F(ZoneFilesTest, ARemovedFileKeepsItsZone) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  std::filesystem::remove(Path("a.test.zone"));
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("a.test.zone: No such file or directory\n"));
  Write("a.test.zone", ZoneText(2));
  EXPECT_THAT(Reload(&files), ElementsAre("a.test. 2"));
}

TEST_F(ZoneFilesTest, APipeInTheFilesPlaceIsNotWaitedFor) {
  Write("a.test.zone", ZoneText(1));
  ZoneFiles files({Path("a.test.zone")});
  Load(&files);
  std::filesystem::remove(Path("a.test.zone"));
  ASSERT_EQ(mkfifo(Path("a.test.zone").c_str(), 0600), 0);
  EXPECT_THAT(Reload(&files), ElementsAre("unchanged"));
  EXPECT_THAT(err_, HasSubstr("is not a regular file"));
}

TEST_F(ZoneFilesTest, AFileMayTurnIntoAnotherZone) {
  Write("x", "$ORIGIN a.test.\n" + ZoneText(1));
  ZoneFiles files({Path("x")});
  Load(&files);
  Replace("x", "$ORIGIN b.test.\n" + ZoneText(1));
  EXPECT_THAT(Reload(&files), ElementsAre("b.test. 1"));
  EXPECT_THAT(err_, HasSubstr("msg=\"zone no longer served: its file holds another one\" zone=a.test."));
}

// Files x and y, which serve a.test and b.test.
class TwoZonesTest : public ZoneFilesTest {
 protected:
  void SetUp() override {
    ZoneFilesTest::SetUp();
    WriteZone("x", "a", 1);
    WriteZone("y", "b", 1);
    files_ = std::make_unique<ZoneFiles>(std::vector<ZoneSource>{Path("x"), Path("y")});
    Load(files_.get());
  }
  void WriteZone(const std::string& name, const std::string& zone, int serial) {
    Replace(name, absl::StrCat("$ORIGIN ", zone, ".test.\n", ZoneText(serial)));
  }

  std::unique_ptr<ZoneFiles> files_;
};

TEST_F(TwoZonesTest, AZoneThatIsServedKeepsItsFile) {
  for (const char* name : {"x", "y"}) {
    WriteZone(name, name[0] == 'x' ? "b" : "a", 2);
    EXPECT_THAT(Reload(files_.get()), ElementsAre("unchanged"));
    EXPECT_THAT(err_, HasSubstr("zone file refused, another file serves its zone already"));
    WriteZone(name, name[0] == 'x' ? "a" : "b", 1);
    Reload(files_.get());
  }
}

TEST_F(TwoZonesTest, ZonesMayChangePlaces) {
  WriteZone("x", "b", 2);
  WriteZone("y", "a", 2);
  EXPECT_THAT(Reload(files_.get()), ElementsAre("b.test. 2", "a.test. 2"));
  EXPECT_THAT(err_, Not(HasSubstr("no longer served")));
}

TEST_F(TwoZonesTest, ARefusedFileIsServedOnceItsZoneIsFree) {
  WriteZone("x", "b", 2);
  EXPECT_THAT(Reload(files_.get()), ElementsAre("unchanged"));
  WriteZone("y", "c", 2);
  EXPECT_THAT(Reload(files_.get()), ElementsAre("b.test. 2", "c.test. 2"));
}

TEST_F(TwoZonesTest, OfTwoThatTurnIntoOneTheFirstDoes) {
  WriteZone("x", "c", 2);
  WriteZone("y", "c", 3);
  EXPECT_THAT(Reload(files_.get()), ElementsAre("c.test. 2", "b.test. 1"));
}

// A program and a master file of one name: the language is told, or the content tells it.
TEST_F(ZoneFilesTest, BothLanguages) {
  const std::string program =
      "zone = [SOA('p.test', mname='ns.p.test', rname='root.p.test', serial=5), NS('p.test', 'ns.other.test')]\n";
  Write("program", program);
  Write("b.test.zone", ZoneText(7));
  ZoneFiles files({Path("program"), {Path("b.test.zone"), zonec::Format::kBind}});
  const auto catalog = files.Load();
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_EQ((*catalog)->zones().size(), 2u);
  ZoneFiles wrong({{Path("b.test.zone"), zonec::Format::kPyzone}});
  EXPECT_FALSE(wrong.Load().ok());
  // It is compiled again when it changes, too.
  Replace("program", "zone = [SOA('p.test', serial=6)\n");
  files.Reload();
  EXPECT_EQ(files.Reload(), nullptr) << "a mistake changes nothing";
}

}  // namespace
}  // namespace strata::standalone
