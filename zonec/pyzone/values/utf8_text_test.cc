// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/utf8_text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Utf8Text, WritesAndReadsCharactersOfAllSizes) {
  const std::pair<uint32_t, size_t> cases[] = {{0, 1},     {0x7f, 1},   {0x80, 2},    {0x7ff, 2},
                                               {0x800, 3}, {0xffff, 3}, {0x10000, 4}, {0x10ffff, 4}};
  for (const auto& [character, size] : cases) {
    std::string text;
    AppendUtf8(character, &text);
    EXPECT_EQ(text.size(), size) << character;
    EXPECT_EQ(Utf8Size(text[0]), size) << character;
    EXPECT_EQ(FirstCharacter(text), character);
    EXPECT_EQ(CountCharacters(text + "a" + text), 3u);
  }
}

TEST(Utf8Text, FindsWhereCharactersStart) {
  const std::string text = "a\u00e4\u20ac\U0001f600";
  const size_t offsets[] = {0, 1, 3, 6, 10, 10};
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(OffsetOfCharacter(text, i), offsets[i]) << i;
  EXPECT_EQ(OffsetOfCharacter("", 1), 0u);
}

}  // namespace
}  // namespace strata::zonec::pyzone
