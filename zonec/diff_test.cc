// SPDX-License-Identifier: Apache-2.0
#include "zonec/diff.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Snapshot(const std::string& records, int serial, const std::string& origin = "example") {
  CompileResult result = Compile(
      origin + ".zone", absl::StrCat("$TTL 60\n@ SOA ns.x. r.x. ", serial, " 2 3 4 5\n@ NS ns.x.\n", records), {});
  EXPECT_TRUE(result.ok());
  return result.snapshot;
}

std::string TextOf(const std::optional<dns::Record>& record) {
  return record ? absl::StrReplaceAll(dns::RecordToText(*record), {{"\tIN\t", " "}, {"\t", " "}}) : "";
}

// "before => after".
std::vector<std::string> Diff(const std::string& before, const std::string& after, bool ignore_serial = false,
                              int serial_after = 1) {
  const std::string a = Snapshot(before, 1), b = Snapshot(after, serial_after);
  std::vector<std::string> changes;
  DiffCounts seen;
  const auto counts = DiffZones(*snapshot::SnapshotReader::Open(a), *snapshot::SnapshotReader::Open(b),
                                {.ignore_serial = ignore_serial}, [&](const RecordChange& change) {
                                  changes.push_back(absl::StrCat(TextOf(change.before), " => ", TextOf(change.after)));
                                  ++(!change.before ? seen.added : !change.after ? seen.removed : seen.changed);
                                });
  EXPECT_TRUE(counts.ok());
  if (counts.ok()) {
    EXPECT_EQ(counts->added, seen.added);
    EXPECT_EQ(counts->removed, seen.removed);
    EXPECT_EQ(counts->changed, seen.changed);
    EXPECT_EQ(counts->same(), changes.empty());
  }
  return changes;
}

TEST(Diff, TheSameZoneHasNoChanges) {
  EXPECT_THAT(Diff("a A 192.0.2.1\nb TXT x\n", "b TXT x\na A 192.0.2.1\n"), IsEmpty());
}

TEST(Diff, RecordsAreAddedAndRemoved) {
  EXPECT_THAT(Diff("a A 192.0.2.1\na A 192.0.2.2\n", "a A 192.0.2.2\na A 192.0.2.3\n"),
              ElementsAre("a.example. 60 A 192.0.2.1 => ", " => a.example. 60 A 192.0.2.3"));
  EXPECT_THAT(Diff("a A 192.0.2.1\n", "a AAAA ::1\n"),
              ElementsAre("a.example. 60 A 192.0.2.1 => ", " => a.example. 60 AAAA ::1"));
}

TEST(Diff, NamesAreAddedAndRemovedInCanonicalOrder) {
  EXPECT_THAT(Diff("b A 192.0.2.1\nx.c A 192.0.2.1\n", "a A 192.0.2.1\nd A 192.0.2.1\n"),
              ElementsAre(" => a.example. 60 A 192.0.2.1", "b.example. 60 A 192.0.2.1 => ",
                          "x.c.example. 60 A 192.0.2.1 => ", " => d.example. 60 A 192.0.2.1"));
}

TEST(Diff, ATtlIsAChange) {
  EXPECT_THAT(Diff("a A 192.0.2.1\na A 192.0.2.2\n", "a 9 A 192.0.2.1\na 9 A 192.0.2.3\n"),
              ElementsAre("a.example. 60 A 192.0.2.1 => a.example. 9 A 192.0.2.1", "a.example. 60 A 192.0.2.2 => ",
                          " => a.example. 9 A 192.0.2.3"));
}

TEST(Diff, ACaseOfANameInRdataIsAChange) {
  EXPECT_THAT(Diff("a MX 1 M.x.\n", "a MX 1 m.x.\n"),
              ElementsAre("a.example. 60 MX 1 M.x. => a.example. 60 MX 1 m.x."));
}

TEST(Diff, OfTypesWithOneRecordAnotherOneIsAChange) {
  EXPECT_THAT(Diff("a CNAME b.x.\n", "a CNAME c.x.\n"),
              ElementsAre("a.example. 60 CNAME b.x. => a.example. 60 CNAME c.x."));
  EXPECT_THAT(Diff("", "", false, 2),
              ElementsAre("example. 60 SOA ns.x. r.x. 1 2 3 4 5 => example. 60 SOA ns.x. r.x. 2 2 3 4 5"));
}

TEST(Diff, TheSerialCanBeIgnored) {
  EXPECT_THAT(Diff("", "", true, 2), IsEmpty());
  EXPECT_THAT(Diff("", "a A 192.0.2.1\n", true, 2), ElementsAre(" => a.example. 60 A 192.0.2.1"));
}

TEST(Diff, SignaturesOfDifferentTypesAreDifferentRRsets) {
  const std::string a = "a RRSIG A 13 2 60 20300101000000 20200101000000 1 x. AAAA\n";
  const std::string b = "a RRSIG TXT 13 2 60 20300101000000 20200101000000 1 x. AAAA\n";
  EXPECT_THAT(Diff(a, b), ElementsAre(HasSubstr("RRSIG A"), HasSubstr(" => a.example. 60 RRSIG TXT")));
}

TEST(Diff, DifferentZonesAreRefused) {
  const std::string a = Snapshot("", 1), b = Snapshot("", 1, "other");
  const auto counts = DiffZones(*snapshot::SnapshotReader::Open(a), *snapshot::SnapshotReader::Open(b), {},
                                [](const RecordChange&) { FAIL(); });
  ASSERT_FALSE(counts.ok());
  EXPECT_THAT(std::string(counts.status().message()), HasSubstr("different zones, example. and other."));
}

}  // namespace
}  // namespace strata::zonec
