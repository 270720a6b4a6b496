// Tests of the text form; how occurrences are collected is tested with the command line.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/repeated_flag.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RepeatedFlag, ReadsWhatItWrites) {
  const RepeatedFlag flag{{"a,b", "c d", "é"}};
  RepeatedFlag read{{"old"}};
  std::string error;
  ASSERT_TRUE(AbslParseFlag(AbslUnparseFlag(flag), &read, &error)) << error;
  EXPECT_THAT(read.values, ElementsAre("a,b", "c d", "é"));
}

TEST(RepeatedFlag, AnEmptyTextIsAnEmptyList) {
  RepeatedFlag read{{"old"}};
  std::string error;
  ASSERT_TRUE(AbslParseFlag("", &read, &error));
  EXPECT_THAT(read.values, IsEmpty());
}

TEST(RepeatedFlag, RefusesAnEmptyValueAmongOthers) {
  RepeatedFlag read;
  std::string error;
  EXPECT_FALSE(AbslParseFlag(absl::string_view("a\0\0b", 4), &read, &error));
  EXPECT_FALSE(error.empty());
}

}  // namespace
}  // namespace strata::base
