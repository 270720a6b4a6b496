// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/builtins.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Builtins, FindsWhatIsThere) {
  ASSERT_NE(FindBuiltinFunction("len"), nullptr);
  EXPECT_EQ(FindBuiltinFunction("len")->name, "len");
  EXPECT_EQ(FindBuiltinFunction("eval"), nullptr);
  EXPECT_EQ(FindBuiltinFunction(""), nullptr);
}

TEST(Builtins, Results) {
  ExpectExpressions({{"list(range(3)), list(range(5, 1, -2))", "([0, 1, 2], [5, 3])"},
                     {"list(enumerate('ab', 1))", "[(1, 'a'), (2, 'b')]"},
                     {"list(zip('ab', [1, 2, 3]))", "[('a', 1), ('b', 2)]"},
                     {"sorted([3, 1, 2], reverse=True)", "[3, 2, 1]"},
                     {"sorted(['b', 'A', 'a'])", "['A', 'a', 'b']"},
                     {"list(reversed([1, 2]))", "[2, 1]"},
                     {"sum([1, 2.5]), sum([[1], [2]], [])", "(3.5, [1, 2])"},
                     {"min(2, 1), max([1, 3, 2]), max([], default=5)", "(1, 3, 5)"},
                     {"any([0, 1]), all([0, 1]), any([]), all([])", "(True, False, False, True)"},
                     {"abs(-2), abs(-0.5)", "(2, 0.5)"},
                     {"repr('a'), format(5, '03d')", "(\"'a'\", '005')"},
                     {"len({1: 2}), len('\u00e4')", "(1, 1)"}});
}

TEST(Builtins, SortingKeepsTheOrderOfEquals) {
  ExpectPrograms(
      {{"def size(v): return len(v)\nx = sorted(['bb', 'a', 'aa', 'c'], key=size)", "['a', 'c', 'bb', 'aa']"},
       {"def f(v): return 1 // v\nx = sorted([1, 0], key=f)", "1:20: division by zero"}});
}

TEST(Builtins, FunctionsOfFunctionsAndKindsRefuseWhatTheyCannotTake) {
  ExpectExpressions(
      {{"map(len)", "2:1: map() takes a function and what to go through"},
       {"list(map(len, [1]))", "2:6: an int has no length"},
       {"filter(None, 1)", "2:1: an int has no items to go through"},
       {"isinstance(1, len)", "2:1: isinstance() knows bool, bytes, dict, float, int, list, range, str and tuple"}});
}

TEST(Builtins, FunctionsOfFunctionsAreBounded) {
  Limits limits;
  limits.steps = 1000;
  const char* const message = "the zone takes more than 1000 steps to evaluate";
  for (const char* text : {"x = map(lambda n: n, range(10**9))", "x = filter(None, range(2**62))"}) {
    EXPECT_NE(RunFragment(text, limits).find(message), std::string::npos) << text;
  }
}

TEST(Builtins, Errors) {
  ExpectExpressions({{"len()", "2:1: len(): `object` is missing"},
                     {"len(5)", "2:1: an int has no length"},
                     {"range(1, 2, 0)", "2:1: the step of a range is 0"},
                     {"range(1.5)", "2:1: range() takes ints, not a float"},
                     {"max([])", "2:1: max() of nothing"},
                     {"abs(-9223372036854775807 - 1)", "2:1: the number is too large: integers have 64 bits here"},
                     {"sorted([1], order=1)", "2:19: sorted() has no parameter `order`"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
