// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Evaluate, LogicStopsEarly) {
  ExpectExpressions({{"0 and 1 / 0", "0"},
                     {"'a' or 1 / 0", "'a'"},
                     {"[] or {} or 0", "0"},
                     {"1 > 2 > 1 / 0", "False"},
                     {"1 if 1 else 1 / 0", "1"}});
}

TEST(Evaluate, ComprehensionsHaveVariablesOfTheirOwn) {
  ExpectPrograms(
      {{"i = 5\nx = [i for i in range(2)], i", "([0, 1], 5)"},
       {"def f(n): return [[n * i + j for j in range(2)] for i in range(2)]\nx = f(10)", "[[0, 1], [10, 11]]"},
       {"x = [i for i in range(2)]\nx = i", "2:5: `i` is not defined"}});
}

TEST(Evaluate, Names) {
  ExpectPrograms({{"x = lenn", "1:5: `lenn` is not defined"},
                  {"x = eval('1')", "1:5: `eval` is not part of the language: write the code itself"},
                  {"len = 5\nx = len", "5"},
                  {"def f():\n  a += 1\nf()",
                   "2:3: `a` is used before it is assigned; what a function or comprehension assigns is its own"},
                  {"a = 1\ndef f(): return a\na = 2\nx = f()", "2"}});
}

TEST(Evaluate, FStrings) {
  ExpectPrograms({{"n = 7\nx = f'host-{n:03d}.{\"a\" + \"b\"}'", "'host-007.ab'"},
                  {"x = f'{1:q}'", "1:8: the format \"q\" cannot be read at \"q\""},
                  {"x = f'{1 / 0}'", "1:10: division by zero"}});
}

TEST(Evaluate, DepthIsBounded) {
  Limits limits;
  limits.evaluation_depth = 5;
  EXPECT_EQ(RunFragment("x = [[1]]", limits), "[[1]]");
  EXPECT_EQ(RunFragment("x = [[[[[1]]]]]", limits), "1:9: statements, expressions and calls nest too deep");
}

}  // namespace
}  // namespace strata::zonec::pyzone
