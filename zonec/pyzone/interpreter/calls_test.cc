// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Calls, ArgumentsGoToParameters) {
  ExpectPrograms({{"def f(a, b=2): return a, b\nx = f(1), f(1, 3), f(b=4, a=5)", "((1, 2), (1, 3), (5, 4))"},
                  {"def f(*a, **b): return a, b\nx = f(1, *[2, 3], c=4, **{'d': 5})", "((1, 2, 3), {'c': 4, 'd': 5})"},
                  {"def f(a): return a\nx = f(b=1, *[2])", "2:9: f() has no parameter `b`"},
                  {"def f(a, b): return a, b\nx = f(b=1, *[2])", "(2, 1)"},
                  {"def f(): pass\nx = f()", "None"}});
}

TEST(Calls, DefaultsAreWorkedOutOnce) {
  ExpectPrograms({{"def f(a=[]):\n  a.append(1)\n  return a\nf()\nx = f()", "[1, 1]"}});
}

TEST(Calls, Errors) {
  ExpectPrograms({{"def f(a): pass\nf()", "2:1: f(): `a` is missing"},
                  {"def f(a): pass\nf(1, 2)", "2:6: f() takes 1 arguments by place"},
                  {"def f(a): pass\nf(1, a=2)", "2:8: `a` is given twice"},
                  {"def f(*, a): pass\nf(1)", "2:3: f() takes 0 arguments by place"},
                  {"x = 5()", "1:5: an int cannot be called"},
                  {"len(**5)", "1:7: ** takes a dict, not an int"},
                  {"len(**{1: 2})", "1:7: the keys of a dict behind ** are the names of parameters"},
                  {"len(*5)", "1:6: an int has no items to go through"}});
}

TEST(Calls, DoNotRecurse) {
  const char* const message = "() calls itself; recursion is not part of the language: write a loop";
  EXPECT_EQ(RunFragment("def f(): return f()\nf()"), absl::StrCat("1:17: f", message));
  EXPECT_EQ(RunFragment("def g(): return f()\ndef f(): return g()\nf()"), absl::StrCat("1:17: f", message));
}

TEST(Calls, DepthIsBounded) {
  Limits limits;
  limits.call_depth = 1;
  const char* const program = "def f(): return 1\ndef g(): return f()\nx = g()";
  EXPECT_EQ(RunFragment(program, limits), "2:17: calls nest too deep");
  limits.call_depth = 2;
  EXPECT_EQ(RunFragment(program, limits), "1");
}

}  // namespace
}  // namespace strata::zonec::pyzone
