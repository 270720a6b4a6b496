// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/interpreter/interpreter.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/functions/builtins.h"
#include "zonec/pyzone/syntax/statement_parser.h"
#include "zonec/pyzone/testing/evaluation.h"
#include "zonec/pyzone/testing/run_with_limits.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Interpreter, Statements) {
  ExpectPrograms({{"x = [1]\ny = x\ny += [2]", "[1, 2]"},
                  {"x = (1,)\ny = x\ny += (2,)", "(1,)"},
                  {"x = [1]\nx += 'ab'", "[1, 'a', 'b']"},
                  {"x = {'a': [1]}\nx['a'] += [2]\nx['b'] = 0", "{'a': [1, 2], 'b': 0}"},
                  {"x = 0\nfor i in range(9):\n  if i == 2: continue\n  if i == 5: break\n  x += i\nelse: x = -1", "8"},
                  {"for x in []: pass\nelse: x = 'none'", "'none'"},
                  {"a, b = 1, 2\na, b = b, a\nx = a, b", "(2, 1)"}});
}

TEST(Interpreter, Errors) {
  ExpectPrograms({{"a, b = 1, 2, 3", "1:1: 3 values for 2 variables"},
                  {"x += 1", "1:1: `x` is not defined"},
                  {"prefix = 1\nx = prefx", "2:5: `prefx` is not defined; did you mean `prefix`?"},
                  {"x = 1\nx += 'a'", "2:1: `+` cannot be used with an int and a str; str() makes a text of a value"}});
}

TEST(Interpreter, StepsAreBounded) {
  Limits limits;
  limits.steps = 1000;
  EXPECT_EQ(RunFragment("for i in range(10**9): pass", limits),
            "1:24: the zone takes more than 1000 steps to evaluate");
}

TEST(Interpreter, GlobalsAreFoundByName) {
  RunWithLimits test;
  Program program;
  const std::optional<Block> block = ParseFile("a = 1\nb", FileId{}, &program, &test.run);
  ASSERT_TRUE(block);
  Interpreter interpreter(&program, FindBuiltinFunction, {}, &test.run);
  EXPECT_FALSE(interpreter.RunFile(*block));
  EXPECT_EQ(test.error(), "`b` is not defined");
  EXPECT_EQ(interpreter.Global("a").integer(), 1);
  EXPECT_TRUE(interpreter.Global("b").failed());
  EXPECT_TRUE(interpreter.Global("c").failed());
}

}  // namespace
}  // namespace strata::zonec::pyzone
