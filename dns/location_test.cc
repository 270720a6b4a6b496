// SPDX-License-Identifier: Apache-2.0
#include "dns/location.h"

#include "dns/testing/hex_message.h"
#include "dns/testing/text_tokens.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

std::string Rewritten(absl::string_view text) {
  std::string rdata, written;
  if (const auto error = ParseLocation(SplitTextTokens(text), &rdata)) {
    return std::to_string(error->token) + ": " + error->message;
  }
  EXPECT_TRUE(IsValidLocation(rdata));
  EXPECT_TRUE(AppendLocationText(rdata, &written));
  return written;
}

// What BIND 9.18 makes of the same texts.
TEST(Location, FillsInAndRounds) {
  EXPECT_EQ(Rewritten("52 N 4 E 0"), "52 0 0.000 N 4 0 0.000 E 0.00m 1m 10000m 10m");
  EXPECT_EQ(Rewritten("52 1 S 4 2 .5 W +10.5 0"), "52 1 0.000 S 4 2 0.500 W 10.50m 0.00m 10000m 10m");
  EXPECT_EQ(Rewritten("90 N 180 E -100000.00m 90000000.00m 1234.56m .5m"),
            "90 0 0.000 N 180 0 0.000 E -100000.00m 90000000m 1000m 0.50m");
  EXPECT_EQ(Rewritten("1 N 1 E -0.05 1.5"), "1 0 0.000 N 1 0 0.000 E -0.05m 1m 10000m 10m");
  EXPECT_EQ(Rewritten("1 N 1 E 42849672.95"), "1 0 0.000 N 1 0 0.000 E 42849672.95m 1m 10000m 10m");
}

TEST(Location, SaysWhatIsWrongWhere) {
  EXPECT_EQ(Rewritten(""), "0: the latitude is missing");
  EXPECT_EQ(Rewritten("52"), "1: the direction of the latitude (N or S) is missing");
  EXPECT_EQ(Rewritten("91 N"), "0: latitude \"91\" is not a number of degrees from 0 to 90");
  EXPECT_EQ(Rewritten("90 0 0.001 N"), "3: the latitude is beyond 90 degrees");
  EXPECT_EQ(Rewritten("1 60 N"),
            "1: latitude \"60\" is not a number of minutes from 0 to 59, or direction of the latitude (N or S)");
  EXPECT_EQ(Rewritten("1 2 60 N").substr(0, 38), "2: latitude \"60\" is not a number of se");
  EXPECT_EQ(Rewritten("1 2 3 4 N"), "3: \"4\" is not the direction of the latitude (N or S)");
  EXPECT_EQ(Rewritten("1 N 1 E"), "4: the altitude is missing");
  EXPECT_EQ(Rewritten("1 N 1 E -100000.01").substr(0, 30), "4: altitude \"-100000.01\" is no");
  EXPECT_EQ(Rewritten("1 N 1 E 1 1km").substr(0, 30), "5: size \"1km\" is not a number ");
  EXPECT_EQ(Rewritten("1 N 1 E 1 1 1 1 1").substr(0, 22), "8: \"1\" is left over: t");
}

TEST(Location, HasNoTextForWhatTextCannotTell) {
  std::string text;
  EXPECT_TRUE(IsValidLocation(HexMessage("01 ff")));
  EXPECT_FALSE(AppendLocationText(HexMessage("01 ff"), &text));
  const std::string no_metres = HexMessage("00 01 16 13 80000000 80000000 00989680");
  EXPECT_TRUE(IsValidLocation(no_metres));
  EXPECT_FALSE(AppendLocationText(no_metres, &text));
  EXPECT_EQ(text, "");
}

TEST(Location, ChecksTheLimits) {
  EXPECT_FALSE(IsValidLocation(""));
  EXPECT_FALSE(IsValidLocation(HexMessage("00 12 16 13 80000000 80000000 009896")));
  EXPECT_FALSE(IsValidLocation(HexMessage("00 a0 16 13 80000000 80000000 00989680")));
  EXPECT_FALSE(IsValidLocation(HexMessage("00 12 16 13 ffffffff 80000000 00989680")));
  EXPECT_FALSE(IsValidLocation(HexMessage("00 12 16 13 80000000 00000000 00989680")));
}

}  // namespace
}  // namespace strata::dns
