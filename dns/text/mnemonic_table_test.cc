// SPDX-License-Identifier: Apache-2.0
#include "dns/text/mnemonic_table.h"

#include <cstdint>
#include <optional>

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

constexpr Mnemonic kTable[] = {{1, "ONE"}, {3, "THREE"}, {3, "TREY"}, {7, "SEVEN"}};
constexpr Mnemonic kUnordered[] = {{2, "TWO"}, {1, "ONE"}};

TEST(MnemonicTable, WritesTheFirstAndReadsAll) {
  EXPECT_STREQ(MnemonicOf(kTable, 3), "THREE");
  EXPECT_EQ(NumberOf(kTable, "trey"), 3);
  EXPECT_EQ(NumberOf(kTable, "Three"), 3);
}

TEST(MnemonicTable, KnowsItsBounds) {
  EXPECT_STREQ(MnemonicOf(kTable, 1), "ONE");
  EXPECT_STREQ(MnemonicOf(kTable, 7), "SEVEN");
  for (uint16_t number : {0, 2, 8, 65535}) EXPECT_EQ(MnemonicOf(kTable, number), nullptr) << number;
  EXPECT_FALSE(NumberOf(kTable, "ON"));
  EXPECT_FALSE(NumberOf(kTable, ""));
}

TEST(MnemonicTable, TellsWhetherItIsAscending) {
  EXPECT_TRUE(IsAscending(kTable));
  EXPECT_FALSE(IsAscending(kUnordered));
}

TEST(MnemonicIndex, FindsWhatTheTableHas) {
  constexpr MnemonicIndex kIndex(kTable);
  for (const char* text : {"trey", "Three", "one", "ONE", "ON", "", "onetwo", "o\x4e\x65"}) {
    const std::optional<uint16_t> number = NumberOf(kTable, text);
    EXPECT_EQ(kIndex.NumberOf(text), number ? int{*number} : -1) << text;
  }
  EXPECT_GE(kIndex.NumberOf("trey"), 0);
}

}  // namespace
}  // namespace strata::dns
