// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/format_spec.h"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

std::string Formatted(Value value, absl::string_view spec) {
  RunWithLimits test;
  std::string out;
  return AppendFormatted(value, spec, &test.run, &out) ? out : "error: " + test.error();
}

TEST(FormatSpec, Integers) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "-42"},      {"5", "  -42"},   {"<5", "-42  "},         {"^6", " -42  "},      {"05", "-0042"},
      {"x", "-2a"},     {"#X", "-0X2A"},  {"#010b", "-0b0101010"}, {"o", "-52"},          {"*>6", "***-42"},
      {"=6", "-   42"}, {".1f", "-42.0"}, {"%", "-4200.000000%"},  {"e", "-4.200000e+01"}};
  for (const auto& [spec, text] : cases) EXPECT_EQ(Formatted(Value::Int(-42), spec), text) << spec;
  EXPECT_EQ(Formatted(Value::Int(1234567), ","), "1,234,567");
  EXPECT_EQ(Formatted(Value::Int(0xabcdef), "_x"), "ab_cdef");
  EXPECT_EQ(Formatted(Value::Int(65), "c"), "A");
  EXPECT_EQ(Formatted(Value::Int(5), "+"), "+5");
  EXPECT_EQ(Formatted(Value::Int(5), " "), " 5");
  EXPECT_EQ(Formatted(Value::Int(std::numeric_limits<int64_t>::min()), "x"), "-8000000000000000");
}

TEST(FormatSpec, Floats) {
  const std::pair<const char*, const char*> cases[] = {{"", "2.5"},           {".0f", "2"},    {".3f", "2.500"},
                                                       {"e", "2.500000e+00"}, {"g", "2.5"},    {"08.2f", "00002.50"},
                                                       {"+.1f", "+2.5"},      {".0%", "250%"}, {".3", "2.5"}};
  for (const auto& [spec, text] : cases) EXPECT_EQ(Formatted(Value::Float(2.5), spec), text) << spec;
  EXPECT_EQ(Formatted(Value::Float(1234567.891), ",.2f"), "1,234,567.89");
}

TEST(FormatSpec, Texts) {
  RunWithLimits test;
  const Value text = test.run.NewStr("a\u00e4\u20ac");
  const std::pair<const char*, const char*> cases[] = {{"", "a\u00e4\u20ac"},
                                                       {"5", "a\u00e4\u20ac  "},
                                                       {">5", "  a\u00e4\u20ac"},
                                                       {".2", "a\u00e4"},
                                                       {"\u20ac^5s", "\u20aca\u00e4\u20ac\u20ac"}};
  for (const auto& [spec, out] : cases) EXPECT_EQ(Formatted(text, spec), out) << spec;
}

TEST(FormatSpec, Errors) {
  const std::pair<const char*, const char*> cases[] = {
      {".5", "error: the format of an integer has no precision"},
      {"5.", "error: the format \"5.\" has no number behind the point"},
      {"5y", "error: the format \"5y\" cannot be read at \"y\""},
      {"s", "error: the format s takes a str, not an int"},
      {",x", "error: `,` separates decimal digits only; write _"},
      {"08,", "error: a format with both zeros in front and separators is not part of the language"},
      {".1001f", "error: a precision of 1001; the most is 1000"}};
  for (const auto& [spec, message] : cases) EXPECT_EQ(Formatted(Value::Int(42), spec), message) << spec;
  EXPECT_THAT(Formatted(Value::Int(1), "99999999999999999999"), ::testing::StartsWith("error: "));
  EXPECT_EQ(Formatted(Value::Int(-1), "c"), "error: there is no character of this number");
  EXPECT_EQ(Formatted(Value::None(), "5"), "error: None takes no format; make a str of it by !s");
}

}  // namespace
}  // namespace strata::zonec::pyzone
