// SPDX-License-Identifier: Apache-2.0
#include "zonec/zone_arguments.h"

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

}  // namespace
}  // namespace strata::zonec
