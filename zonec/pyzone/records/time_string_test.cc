// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/time_string.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

TEST(TimeString, IsANumberWithAtMostOneUnit) {
  EXPECT_EQ(ParseTimeString("3600"), 3600);
  EXPECT_EQ(ParseTimeString("1S"), 1);
  EXPECT_EQ(ParseTimeString("1M"), 60);
  EXPECT_EQ(ParseTimeString("1H"), 3600);
  EXPECT_EQ(ParseTimeString("1D"), 86400);
  EXPECT_EQ(ParseTimeString("1W"), 604800);
  EXPECT_EQ(ParseTimeString("1Y"), 31536000);
}

TEST(TimeString, TakesFractionsAnyCaseAndBlanks) {
  EXPECT_EQ(ParseTimeString("1.5M"), 90);
  EXPECT_EQ(ParseTimeString(" 2h\n"), 7200);
  EXPECT_EQ(ParseTimeString("1 d"), 86400);
  EXPECT_EQ(ParseTimeString(".5m"), 30);
  EXPECT_EQ(ParseTimeString("1.9s"), 1);
  EXPECT_EQ(ParseTimeString("0Y"), 0);
}

TEST(TimeString, IsNothingElse) {
  for (const char* text : {"", " ", "H", "1H30M", "1h30m", "-1H", "+1H", "1e3S", "1.5", "one", "1X", "1_0H", "1.2.3H",
                           "99999999999999999999Y", "nan", "infS", "0x10", ".", ".H"}) {
    EXPECT_FALSE(ParseTimeString(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace strata::zonec::pyzone
