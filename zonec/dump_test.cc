// SPDX-License-Identifier: Apache-2.0
#include "zonec/dump.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

class DumpTest : public ::testing::Test {
 protected:
  void Compile(std::string text) {
    snapshot_ = zonec::Compile("example.zone", std::move(text), {}).snapshot;
    ASSERT_FALSE(snapshot_.empty());
  }
  // What `dump` prints.
  std::string Print(void (*dump)(const snapshot::SnapshotReader&, DumpSink)) const {
    std::string out;
    dump(*snapshot::SnapshotReader::Open(snapshot_), [&](absl::string_view piece) {
      absl::StrAppend(&out, piece);
      return true;
    });
    return out;
  }

  std::string snapshot_;
};

constexpr char kZone[] =
    "$TTL 60\n@ NS ns.x.\n@ SOA NS.x. root 1 2 3 4 5\nWWW 5 TXT \"a\\\"b\"\n"
    "b.a A 192.0.2.1\nz A 192.0.2.2\nz A 192.0.2.10\n@ A 192.0.2.3\n";

TEST_F(DumpTest, PrintsRecordsInCanonicalOrderWithTheSoaFirst) {
  Compile(kZone);
  EXPECT_EQ(Print(DumpMasterFile),
            "example.\t60\tIN\tSOA\tNS.x. root.example. 1 2 3 4 5\n"
            "example.\t60\tIN\tA\t192.0.2.3\n"
            "example.\t60\tIN\tNS\tns.x.\n"
            "b.a.example.\t60\tIN\tA\t192.0.2.1\n"
            "www.example.\t5\tIN\tTXT\t\"a\\\"b\"\n"
            "z.example.\t60\tIN\tA\t192.0.2.2\n"
            "z.example.\t60\tIN\tA\t192.0.2.10\n");
}

TEST_F(DumpTest, PrintsJson) {
  Compile(kZone);
  const std::string json = Print(DumpJson);
  EXPECT_THAT(json, testing::StartsWith(R"({"origin":"example.","class":"IN","serial":1,"identity":")"));
  EXPECT_THAT(json, HasSubstr("\n"
                              R"({"owner":"www.example.","ttl":5,"type":"TXT","rdata":"\"a\\\"b\""},)"
                              "\n"));
  EXPECT_THAT(json, testing::EndsWith(R"("rdata":"192.0.2.10"})"
                                      "\n]}\n"));
}

TEST_F(DumpTest, LargeZonesComeInPiecesAndCanBeStopped) {
  std::string zone = kZone;
  for (int i = 0; i < 10000; ++i) absl::StrAppend(&zone, "host", i, " A 192.0.2.1\n");
  Compile(zone);
  int pieces = 0;
  DumpMasterFile(*snapshot::SnapshotReader::Open(snapshot_), [&](absl::string_view) { return ++pieces < 2; });
  EXPECT_EQ(pieces, 2);
}

}  // namespace
}  // namespace strata::zonec
