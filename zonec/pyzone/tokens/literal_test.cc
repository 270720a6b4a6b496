// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/literal.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Literal, Integers) {
  const std::pair<const char*, int64_t> cases[] = {{"0", 0},
                                                   {"000", 0},
                                                   {"1_000", 1000},
                                                   {"0x_fF", 255},
                                                   {"0o17", 15},
                                                   {"0B101", 5},
                                                   {"9223372036854775807", std::numeric_limits<int64_t>::max()}};
  for (const auto& [text, number] : cases) {
    Value value;
    EXPECT_FALSE(ParseNumber(text, &value)) << text;
    ASSERT_TRUE(value.Is(Kind::kInt)) << text;
    EXPECT_EQ(value.integer(), number) << text;
  }
}

TEST(Literal, Floats) {
  const std::pair<const char*, double> cases[] = {
      {"1.", 1}, {".5", 0.5}, {"1e3", 1000}, {"1_0.2_5E-1", 1.025}, {"0.", 0}};
  for (const auto& [text, number] : cases) {
    Value value;
    EXPECT_FALSE(ParseNumber(text, &value)) << text;
    ASSERT_TRUE(value.Is(Kind::kFloat)) << text;
    EXPECT_EQ(value.real(), number) << text;
  }
}

TEST(Literal, NumbersThatAreNone) {
  const struct {
    const char* text;
    size_t offset;
  } cases[] = {{"1__0", 2},
               {"1_", 1},
               {"0x", 0},
               {"0xg", 2},
               {"0b2", 2},
               {"0o8", 2},
               {"1a", 1},
               {"1e", 0},
               {"1.2.3", 0},
               {"012", 0},
               {"1j", 0},
               {"1_.5", 1},
               {"9223372036854775808", 0}};
  for (const auto& c : cases) {
    Value value = Value::None();
    const std::optional<LiteralError> error = ParseNumber(c.text, &value);
    ASSERT_TRUE(error) << c.text;
    EXPECT_EQ(error->offset, c.offset) << c.text;
    EXPECT_TRUE(value.Is(Kind::kNone)) << c.text;
  }
}

TEST(Literal, FloatsAreFinite) {
  Value value;
  const std::optional<LiteralError> error = ParseNumber("1e999", &value);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "the number is too large for a float");
  EXPECT_TRUE(value.failed());
}

TEST(Literal, SplitsPrefixAndQuotes) {
  const StringLiteral raw = SplitStringLiteral(R"(Rb'a\'b')");
  EXPECT_TRUE(raw.raw && raw.bytes && !raw.formatted);
  EXPECT_EQ(raw.body, R"(a\'b)");
  EXPECT_TRUE(SplitStringLiteral("F\"{a}\"").formatted);
  EXPECT_EQ(SplitStringLiteral("''").body, "");
  EXPECT_EQ(SplitStringLiteral("''''''").body, "");
  EXPECT_EQ(SplitStringLiteral("'''a''b'''").body, "a''b");
}

std::string Decoded(absl::string_view token) {
  const StringLiteral literal = SplitStringLiteral(token);
  std::string out;
  const std::optional<LiteralError> error = DecodeString(literal, literal.body, &out);
  return error ? std::to_string(error->offset) + ": " + error->message : out;
}

TEST(Literal, Escapes) {
  EXPECT_EQ(Decoded(R"('a\n\t\'\\\x41\101\u20ac\U0001f600\q')"), "a\n\t'\\AA\u20ac\U0001f600\\q");
  EXPECT_EQ(Decoded(R"(b'\xff\377\u0041')"), "\xff\xff\\u0041");
  EXPECT_EQ(Decoded(R"(r'\n')"), "\\n");
  EXPECT_EQ(Decoded("'a\\\r\nb\rc'"), "ab\nc");
  EXPECT_EQ(Decoded(R"('a\x4')"), R"(1: \x takes 2 hexadecimal digits)");
  EXPECT_EQ(Decoded(R"('\ud800')"), "0: there is no character of this number");
  EXPECT_EQ(Decoded(R"(b'a\400')"), "1: there is no octet of this number");
  EXPECT_EQ(Decoded("b'a\u00e4'"), "1: a bytes literal holds ASCII only; other octets are written \\xNN");
  EXPECT_EQ(Decoded(R"('\N{BULLET}')"),
            "0: \\N{...} is not part of the language; write the character itself, or \\uXXXX");
}

}  // namespace
}  // namespace strata::zonec::pyzone
