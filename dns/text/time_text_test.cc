// SPDX-License-Identifier: Apache-2.0
#include "dns/text/time_text.h"

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(ParseTtl, ReadsSecondsAndUnits) {
  EXPECT_EQ(ParseTtl("0"), 0u);
  EXPECT_EQ(ParseTtl("3600"), 3600u);
  EXPECT_EQ(ParseTtl("1h"), 3600u);
  EXPECT_EQ(ParseTtl("1h30m"), 5400u);
  EXPECT_EQ(ParseTtl("1W2D3H4M5S"), 788645u);
  EXPECT_EQ(ParseTtl("30s1h"), 3630u);
  EXPECT_EQ(ParseTtl("2147483647"), kMaxTtl);
  EXPECT_EQ(ParseTtl("3550w5d3h14m7s"), kMaxTtl);
}

TEST(ParseTtl, RefusesTheRest) {
  for (const char* text : {"", "h", "1y", "1h30", "-1", "1 h", "1hh", "1.5h", "2147483648", "3550w5d3h14m8s", "99999w",
                           "99999999999999999999", "3551w"}) {
    EXPECT_FALSE(ParseTtl(text)) << text;
  }
}

TEST(ParseSeconds, HasALimitOfTheCallers) {
  EXPECT_EQ(ParseSeconds("4294967295", 4294967295u), 4294967295u);
  EXPECT_FALSE(ParseSeconds("7102w", 4294967295u));
  EXPECT_FALSE(ParseSeconds("61m", 3600));
}

// RFC 4034 §3.3's example, and the ends of the range.
TEST(ParseTime, ReadsBothForms) {
  EXPECT_EQ(ParseTime("20030322173103"), 1048354263u);
  EXPECT_EQ(ParseTime("1048354263"), 1048354263u);
  EXPECT_EQ(ParseTime("19700101000000"), 0u);
  EXPECT_EQ(ParseTime("21060207062815"), 4294967295u);
  EXPECT_EQ(ParseTime("20240229000000"), 1709164800u);
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const char* text : {"", "20030229000000", "20031301000000", "20030132000000", "20030101240000", "20030101006000",
                           "20030101000060", "20030001000000", "19691231235959", "21060207062816", "2003032217310x",
                           "4294967296", "200303221731030", "2003-03-22"}) {
    EXPECT_FALSE(ParseTime(text)) << text;
  }
}

TEST(AppendTimeText, IsTheInverse) {
  for (uint32_t time : {0u, 1048354263u, 951782400u /* 29 February 2000 */, 4294967295u}) {
    std::string text;
    AppendTimeText(time, &text);
    EXPECT_EQ(text.size(), 14u);
    EXPECT_EQ(ParseTime(text), time) << text;
  }
}

}  // namespace
}  // namespace strata::dns
