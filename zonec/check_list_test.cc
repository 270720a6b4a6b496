// SPDX-License-Identifier: Apache-2.0
#include "zonec/check_list.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST(CheckList, HasAHeadingForEachTheme) {
  EXPECT_THAT(ChecksAsText(), testing::StartsWith("The zone and its apex\n  soa-missing "));
  EXPECT_THAT(ChecksAsText(), HasSubstr("\n\nTargets\n"));
}

TEST(CheckList, TellsTheLevels) {
  EXPECT_THAT(ChecksAsText(), ContainsRegex("\n  no-address +warning +[a-z]"));
  EXPECT_THAT(ChecksAsText(), ContainsRegex("\n  ns-missing +error +[a-z]"));
  EXPECT_THAT(ChecksAsText(), ContainsRegex("\n  multiple-cname +error, always +[a-z]"));
}

TEST(CheckList, AsJson) {
  EXPECT_THAT(ChecksAsJson(),
              testing::StartsWith("{\"check\":\"soa-missing\",\"theme\":\"The zone and its apex\",\"level\":\"error\","
                                  "\"always\":true,\"finds\":\"the zone has no SOA record\"}\n"));
}

}  // namespace
}  // namespace strata::zonec
