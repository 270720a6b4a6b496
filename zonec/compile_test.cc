// SPDX-License-Identifier: Apache-2.0
#include "zonec/compile.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

constexpr char kZone[] = "$TTL 60\n@ SOA ns.x. root 42 2 3 4 5\n@ NS ns.x.\nwww A 192.0.2.1\n";

std::string FirstMessage(const CompileResult& result) {
  const auto diagnostics = result.diagnostics.Sorted(1);
  return diagnostics.empty() ? "none" : diagnostics[0]->message;
}

TEST(Compile, MakesASnapshot) {
  const CompileResult result = Compile("zones/example.test.zone", kZone, {});
  ASSERT_TRUE(result.ok()) << FirstMessage(result);
  EXPECT_EQ(result.origin.ToText(), "example.test.");
  EXPECT_EQ(result.serial, 42u);
  EXPECT_EQ(result.record_count, 3u);
  const auto reader = snapshot::SnapshotReader::Open(result.snapshot);
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(reader->Verify().ok());
  EXPECT_EQ(reader->record_count(), 3u);
}

TEST(Compile, TheSameZoneGivesTheSameOctets) {
  const std::string snapshot = Compile("example.test.zone", kZone, {}).snapshot;
  EXPECT_EQ(Compile("example.test.zone", kZone, {}).snapshot, snapshot);
  // Another text, file and order.
  EXPECT_EQ(Compile("x",
                    "$ORIGIN test.\nWWW.example 60 IN A 192.0.2.1\nexample 60 NS ns.x.\n"
                    "example 60 SOA ns.x. root.example 42 2 3 4 5\n",
                    {})
                .snapshot,
            snapshot);
  EXPECT_NE(Compile("other.test.zone", kZone, {}).snapshot, snapshot);
}

TEST(Compile, ErrorsLeaveNoSnapshot) {
  const CompileResult result = Compile("example.test.zone", absl::StrCat(kZone, "x A bad\n"), {});
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.snapshot, "");
}

TEST(Compile, StrictMakesWarningsErrors) {
  const std::string text = absl::StrCat(kZone, "out.of.zone. A 192.0.2.1\n");
  EXPECT_TRUE(Compile("example.test.zone", text, {}).ok());
  CompileOptions strict;
  strict.levels = CheckLevels(/*strict=*/true);
  EXPECT_FALSE(Compile("example.test.zone", text, strict).ok());
}

TEST(Compile, TheOriginMayBeGiven) {
  CompileOptions options;
  options.origin = *dns::Name::FromText("given.test");
  EXPECT_EQ(Compile("whatever.zone", kZone, options).origin.ToText(), "given.test.");
  EXPECT_THAT(FirstMessage(Compile("x", absl::StrCat("$ORIGIN other.test.\n", kZone), options)),
              HasSubstr("SOA record of other.test. in the zone given.test."));
}

TEST(Compile, AFileNameThatIsNoNameNeedsAnOrigin) {
  const CompileResult result = Compile("zones/a..b.zone", kZone, {});
  EXPECT_THAT(FirstMessage(result), HasSubstr("--origin"));
}

TEST(OriginFromFileName, DropsFolderAndEnding) {
  for (const char* name : {"example.com", "zones/example.com.zone", "/etc/db.example.com", "a.b/example.com.db"}) {
    EXPECT_EQ(OriginFromFileName(name)->ToText(), "example.com.") << name;
  }
  EXPECT_EQ(OriginFromFileName("db.zone")->ToText(), "zone.");
  EXPECT_FALSE(OriginFromFileName("zones/").ok());
  EXPECT_FALSE(OriginFromFileName(".zone").ok());
}

TEST(Compile, DefinesReachAPyzone) {
  const std::string text = "zone = [SOA(apex, 'ns.x', 'root.x', serial=1), NS(apex, 'ns.x')]";
  CompileOptions options;
  EXPECT_FALSE(Compile("a.py", text, options).ok());
  options.defines = {{"apex", "b.test"}, {"unused", ""}};
  const CompileResult result = Compile("a.py", text, options);
  EXPECT_EQ(result.origin.ToText(), "b.test.");
  EXPECT_EQ(result.diagnostics.warning_count(), 1u);
  options.defines_are_shared = true;
  EXPECT_EQ(Compile("a.py", text, options).diagnostics.warning_count(), 0u);
}

}  // namespace
}  // namespace strata::zonec
