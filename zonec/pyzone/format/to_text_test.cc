// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/to_text.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

TEST(ToText, FloatsAreTheShortestThatReadBackTheSame) {
  const std::pair<double, const char*> cases[] = {
      {0.0, "0.0"},      {-0.0, "-0.0"},   {1.0, "1.0"},    {0.1, "0.1"},          {1e15, "1000000000000000.0"},
      {1e16, "1e+16"},   {1e-4, "0.0001"}, {1e-5, "1e-05"}, {1.5e300, "1.5e+300"}, {-123.25, "-123.25"},
      {5e-324, "5e-324"}};
  for (const auto& [value, text] : cases) EXPECT_EQ(FloatText(value), text);
}

TEST(ToText, DigitsAndTheirLayouts) {
  EXPECT_EQ(DigitsOf(1234.5).digits, "12345");
  EXPECT_EQ(DigitsOf(1234.5).exponent, 3);
  EXPECT_EQ(DigitsOf(9.96, 1).digits, "10");
  EXPECT_EQ(DigitsOf(9.96, 1).exponent, 1);
  EXPECT_EQ(LayOut({"12", 3}, false, false), "1200");
  EXPECT_EQ(LayOut({"12", 3}, false, true), "1200.0");
  EXPECT_EQ(LayOut({"12", -2}, false, false), "0.012");
  EXPECT_EQ(LayOut({"12", 300}, true, false), "1.2e+300");
  EXPECT_EQ(LayOut({"1", -7}, true, false), "1e-07");
}

TEST(ToText, ReprIsALiteral) {
  ExpectExpressions({{R"("it's")", R"("it's")"},
                     {R"('"it\'s"')", R"('"it\'s"')"},
                     {R"('\\\n\t\x00\x7f')", R"('\\\n\t\x00\x7f')"},
                     {R"(b'\xff"\n')", R"(b'\xff"\n')"},
                     {"'\u00e4'", "'\u00e4'"},
                     {"(1,), ()", "((1,), ())"},
                     {"{'a': [None, True]}", "{'a': [None, True]}"},
                     {"range(1, 2), range(2, 1, -1)", "(range(1, 2), range(2, 1, -1))"}});
}

TEST(ToText, ConversionsDiffer) {
  RunWithLimits test;
  const Value text = test.run.NewStr("'\u00e4\u20ac\U0001f600");
  EXPECT_EQ(Converted(text, 's', &test.run).octets(), "'\u00e4\u20ac\U0001f600");
  EXPECT_EQ(Converted(text, 'r', &test.run).octets(), "\"'\u00e4\u20ac\U0001f600\"");
  EXPECT_EQ(Converted(text, 'a', &test.run).octets(), R"("'\xe4\u20ac\U0001f600")");
}

TEST(ToText, WhatHasNoTextOrNoEnd) {
  ExpectPrograms({{"x = str(len)", "1:5: a function has no text"},
                  {"x = []\nx.append(x)\nx = str(x)", "3:5: the values nest too deep to be written out"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
