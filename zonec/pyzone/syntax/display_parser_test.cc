// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(DisplayParser, Displays) {
  ExpectExpressions({{"[], (), {}, [1,], (1), (1,)", "([], (), {}, [1], 1, (1,))"},
                     {"[*'ab', *[1]], (*[1],)", "(['a', 'b', 1], (1,))"},
                     {"{'a': 1, **{'b': 2}, 'a': 3}", "{'a': 3, 'b': 2}"}});
}

TEST(DisplayParser, Comprehensions) {
  ExpectExpressions({{"[i * j for i in range(3) if i for j in (1, 10)]", "[1, 10, 2, 20]"},
                     {"{k: v for k, v in zip('ab', [1, 2])}", "{'a': 1, 'b': 2}"},
                     {"list(i for i in range(2))", "[0, 1]"},
                     {"[[j for j in range(i)] for i in range(3)]", "[[], [0], [0, 1]]"},
                     {"[a for (a, (b, c)) in [(1, (2, 3))]]", "[1]"}});
}

TEST(DisplayParser, Targets) {
  ExpectPrograms({{"[a, (b, c)] = 1, (2, 3)\nx = a, b, c", "(1, 2, 3)"},
                  {"x = a = 5", "5"},
                  {"1 = x", "1:1: nothing can be assigned to this"},
                  {"f() = 1", "1:1: nothing can be assigned to this"}});
}

TEST(DisplayParser, Errors) {
  ExpectExpressions(
      {{"{1, 2}", "2:1: sets are not part of the language: dict.fromkeys(items) keeps each item once, and in order"},
       {"(*[1])", "2:1: * stands here only in a list, a tuple or a call"},
       {"[*a for a in b]", "2:2: * stands only in a list, a tuple or a call, not in a comprehension"},
       {"[1, 2", "2:6: the end of the text stands where `]` or a comma is expected"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
