// SPDX-License-Identifier: Apache-2.0
#include "zonec/zone_arguments.h"

#include <fstream>
#include <string>

#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

constexpr char kZone[] = "$TTL 60\n@ SOA ns.x. r.x. 1 2 3 4 5\n@ NS ns.x.\n";

std::string Message(const ZoneArguments& arguments, const std::string& text = kZone) {
  const auto result = CompileInput(arguments, text);
  return result.ok() ? "" : std::string(result.status().message());
}

TEST(ZoneArguments, TakeTheOriginFromTheFileOrTheFlag) {
  EXPECT_EQ(CompileInput({.input = "db.example"}, kZone)->origin.ToText(), "example.");
  EXPECT_EQ(CompileInput({.input = "db.example", .origin = "other"}, kZone)->origin.ToText(), "other.");
  EXPECT_EQ(CompileInput({.input = "-", .origin = "other"}, kZone)->origin.ToText(), "other.");
}

TEST(ZoneArguments, ErrorsOfUsageNameTheFlag) {
  EXPECT_EQ(Message({.input = "-"}), "standard input needs --origin=NAME");
  EXPECT_THAT(Message({.input = "a", .format = "toml"}), HasSubstr("--format=toml"));
  EXPECT_THAT(Message({.input = "a", .origin = "a..b"}), HasSubstr("--origin=a..b is not a name"));
  EXPECT_THAT(Message({.input = "a", .parent_ds = "/nowhere/ds"}), HasSubstr("--parent_ds=/nowhere/ds: cannot read"));
  EXPECT_THAT(Message({.input = "-", .origin = "a", .parent_ds = "-"}), HasSubstr("--parent_ds=-: standard input"));
  EXPECT_THAT(Message({.input = "a", .defines = {"x=1"}}), HasSubstr("--define=x=1: a is a master file"));
}

TEST(ZoneArguments, SetTheLevelsOfChecks) {
  const std::string no_address = std::string(kZone) + "@ NS a\n";
  EXPECT_TRUE(CompileInput({.input = "example"}, no_address)->ok());
  EXPECT_FALSE(CompileInput({.input = "example", .errors = {"ttl-mismatch", "no-address"}}, no_address)->ok());
  EXPECT_TRUE(CompileInput({.input = "example", .strict = true, .warnings = {"no-address"}}, no_address)->ok());
  const auto ignored = CompileInput({.input = "example", .strict = true, .ignored = {"no-address"}}, no_address);
  EXPECT_EQ(ignored->diagnostics.warning_count(), 0u);
  EXPECT_TRUE(ignored->ok());
}

class PreviousTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "/previous.snap";
    Write(CompileInput({.input = "example"}, kZone)->snapshot);
  }
  void Write(const std::string& octets) { std::ofstream(path_, std::ios::binary) << octets; }

  std::string path_;
};

TEST_F(PreviousTest, AChangedZoneNeedsAGreaterSerial) {
  EXPECT_TRUE(CompileInput({.input = "example", .previous = path_}, kZone)->ok());
  const std::string changed = std::string(kZone) + "a A 192.0.2.1\n";
  const auto result = CompileInput({.input = "example", .previous = path_}, changed);
  ASSERT_THAT(result, IsOk());
  EXPECT_FALSE(result->ok());
  EXPECT_EQ(result->snapshot, "");
  EXPECT_EQ(result->diagnostics.Sorted(1)[0]->check, "serial-not-advanced");
  EXPECT_TRUE(
      CompileInput({.input = "example", .warnings = {"serial-not-advanced"}, .previous = path_}, changed)->ok());
}

TEST_F(PreviousTest, ErrorsNameFlagAndFile) {
  EXPECT_EQ(Message({.input = "other", .previous = path_}),
            "--previous=" + path_ + ": this is a snapshot of example., and other is the zone other.");
  EXPECT_THAT(Message({.input = "example", .previous = path_ + ".none"}), HasSubstr("No such file"));
  EXPECT_THAT(Message({.input = "example", .previous = "-"}), HasSubstr("--previous=-: "));
  const std::string snapshot = CompileInput({.input = "example"}, kZone)->snapshot;
  Write(snapshot.substr(0, snapshot.size() - 10));
  EXPECT_THAT(Message({.input = "example", .previous = path_}), HasSubstr("--previous=" + path_ + ": "));
  Write(kZone);
  EXPECT_THAT(Message({.input = "example", .previous = path_}), HasSubstr("not a snapshot"));
}

TEST(ZoneArguments, ErrorsOfLevelsNameFlagAndCheck) {
  EXPECT_EQ(Message({.input = "a", .errors = {"no-adress"}}),
            "--error=no-adress: \"no-adress\" is no check; did you mean no-address? (see zonec checks)");
  EXPECT_EQ(Message({.input = "a", .warnings = {"soa-missing"}}),
            "--warn=soa-missing: \"soa-missing\" is always an error: the zone has no SOA record");
  EXPECT_THAT(Message({.input = "a", .errors = {"no-address"}, .ignored = {"no-address"}}),
              HasSubstr("--ignore=no-address: \"no-address\" contradicts what was asked for before: error"));
}

TEST(ZoneArguments, ErrorsOfTheZoneAreInTheResult) {
  const auto result = CompileInput({.input = "example"}, "nonsense");
  ASSERT_THAT(result, IsOk());
  EXPECT_FALSE(result->ok());
}

TEST(ZoneArguments, ReadTheParentsDsRecords) {
  const std::string path = testing::TempDir() + "dsset";
  std::ofstream(path) << "a. IN DS 1 13 2 " << std::string(64, '0') << "\n";
  const auto result = CompileInput({.input = "a", .parent_ds = path}, kZone);
  ASSERT_TRUE(result.ok());
  EXPECT_FALSE(result->ok()) << "the zone has no keys";
  EXPECT_TRUE(CompileInput({.input = "b", .parent_ds = path}, kZone)->ok());
}

}  // namespace
}  // namespace strata::zonec
