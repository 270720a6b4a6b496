// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(ParameterParser, Lambdas) {
  ExpectExpressions({{"(lambda: 5)()", "5"},
                     {"(lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 7, 8, f=9)", "(1, 7, (8,), 4, {'f': 9})"},
                     {"[f(1) for f in [lambda a: a + i for i in range(3)]]", "[3, 3, 3]"},
                     {"[f(1) for f in [lambda a, i=i: a + i for i in range(3)]]", "[1, 2, 3]"},
                     {"(lambda a: lambda b: a + b)(1)(2)", "3"},
                     {"(lambda a: a if a else None)(0)", "None"},
                     {"sorted(['b', 'aa'], key=lambda s: len(s))", "['b', 'aa']"},
                     {"f'{(lambda a: a * 2)(4)}'", "'8'"}});
  ExpectPrograms({{"def f(n): return lambda a: a + n\nx = [f(1)(1), f(2)(1)]", "[2, 3]"},
                  {"def f(n):\n  g = lambda: n\n  n = 5\n  return g()\nx = f(1)", "5"}});
}

TEST(ParameterParser, LambdasDoNotRecur) {
  ExpectPrograms({{"f = lambda n: f(n - 1)\nx = f(3)",
                   "1:15: lambda() calls itself; recursion is not part of the language: write a loop"}});
}

TEST(ParameterParser, Errors) {
  ExpectExpressions({{"lambda a, a: 1", "2:12: two parameters have the same name"},
                     {"lambda a=1, b: 1", "2:13: a parameter without a default stands behind one with a default"},
                     {"lambda **a, b: 1", "2:13: nothing stands behind the ** parameter"},
                     {"lambda if: 1", "2:8: `if` stands where a name is expected"},
                     {"lambda a", "2:9: the end of the line stands where `:` or a comma is expected"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
