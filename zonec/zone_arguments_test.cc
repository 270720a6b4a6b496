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

TEST(ZoneArguments, ErrorsOfTheZoneAreInTheResult) {
  const auto result = CompileInput({.input = "example"}, "nonsense");
  ASSERT_THAT(result, IsOk());
  EXPECT_FALSE(result->ok());
}

}  // namespace
}  // namespace strata::zonec
