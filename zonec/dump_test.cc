// SPDX-License-Identifier: Apache-2.0
#include "zonec/dump.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/name.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"
#include "dns/testing/random_rdata.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"

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

// A record's text without what dumps are made with: RDATA in the generic form (RFC 3597 §5).
std::string GenericLine(absl::string_view owner, uint32_t ttl, uint16_t type, const std::string& rdata) {
  return absl::StrCat(owner, " ", ttl, " TYPE", type, " \\# ", rdata.size(), " ", absl::BytesToHexString(rdata), "\n");
}

class DumpCompilesAgain : public DumpTest {
 protected:
  // Names differ, so that no record hides or contradicts another.
  std::string NextOwner() {
    dns::Name name = *dns::Name::FromText(absl::StrCat("n", ++owners_), *dns::Name::FromText(origin_));
    for (uint32_t i = random_.Below(3); i > 0; --i) name = *name.Prepend(random_.Label());
    return name.ToText();
  }
  uint32_t NextTtl() { return random_.OneIn(3) ? 0 : random_.OneIn(3) ? 2147483647 : random_.Below(1u << 31); }
  std::string Rdata(uint16_t type) { return random_.Rdata(*dns::FindRdataSchema(type)); }

  // Records of all types that have a text form.
  std::string RecordsOfAllTypes(int of_each) {
    std::string records;
    for (const dns::RdataSchema& schema : dns::AllRdataSchemas()) {
      if (schema.type == dns::rr_type::kSOA) continue;
      for (int i = 0; i < of_each; ++i) {
        absl::StrAppend(&records, GenericLine(NextOwner(), NextTtl(), schema.type, random_.Rdata(schema)));
      }
    }
    return records;
  }

  // Compiles `records`, dumps them, and compiles the dump, which is kept in dump_.
  void Check(const std::string& records) {
    CompileOptions options;
    options.origin = *dns::Name::FromText(origin_);
    const std::string head =
        absl::StrCat(GenericLine("@", 2147483647, dns::rr_type::kSOA, Rdata(dns::rr_type::kSOA)), "@ 0 NS ns.x.\n");
    CompileResult first = zonec::Compile("first", head + records, options);
    ASSERT_TRUE(first.ok()) << DiagnosticsToText(first.diagnostics, &first.sources, 3);
    snapshot_ = first.snapshot;
    dump_ = Print(DumpMasterFile);
    CompileResult again = zonec::Compile("again", dump_, options);
    ASSERT_TRUE(again.ok()) << DiagnosticsToText(again.diagnostics, &again.sources, 3);
    EXPECT_TRUE(again.snapshot == first.snapshot);
  }

  std::string origin_ = "example";
  dns::RandomRdata random_{20};
  int owners_ = 0;
  std::string dump_;
};

TEST_F(DumpCompilesAgain, RdataOfEveryType) {
  Check(RecordsOfAllTypes(100));
  // It is the types' own forms that this compares.
  std::map<std::string, int> own_forms;
  for (const absl::string_view line : absl::StrSplit(dump_, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(line, absl::MaxSplits('\t', 4));
    own_forms[fields[3]] += !absl::StartsWith(fields[4], "\\#");
  }
  for (const dns::RdataSchema& schema : dns::AllRdataSchemas()) {
    EXPECT_GT(own_forms[dns::TypeToText(schema.type)], 0) << dns::TypeToText(schema.type);
  }
}

TEST_F(DumpCompilesAgain, RRsetsOfManyRecords) {
  std::string records;
  for (const uint16_t type : {dns::rr_type::kTXT, dns::rr_type::kMX, dns::rr_type::kRRSIG, dns::rr_type::kNAPTR}) {
    const std::string owner = NextOwner();
    const uint32_t ttl = NextTtl();
    for (int i = 0; i < 30; ++i) absl::StrAppend(&records, GenericLine(owner, ttl, type, Rdata(type)));
  }
  Check(records);
}

TEST_F(DumpCompilesAgain, AllTypesWithoutATextForm) {
  std::string records;
  for (uint32_t number = 1; number < 65536; ++number) {
    const auto type = static_cast<uint16_t>(number);
    if (dns::IsMetaType(type) || dns::FindRdataSchema(type) != nullptr) continue;
    const std::string owner = absl::StrCat("t", number % 9000);
    absl::StrAppend(&records, GenericLine(owner, number % 3, type, random_.Octets(random_.Below(9))));
  }
  Check(records);
}

TEST_F(DumpCompilesAgain, TheRootAndOddApexes) {
  for (const char* origin : {".", "*.example", "\\000\\.\\@.\\255", "\\;\\(.\\032.\\$ORIGIN"}) {
    origin_ = origin;
    Check(RecordsOfAllTypes(1));
  }
}

}  // namespace
}  // namespace strata::zonec
