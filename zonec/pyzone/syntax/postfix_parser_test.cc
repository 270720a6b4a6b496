// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(PostfixParser, CallsAndSubscriptsChain) {
  ExpectExpressions({{"'a b'.split()[1].upper()", "'B'"},
                     {"[[1, 2]][0][1:][0]", "2"},
                     {"[1, 2, 3][1:], [1, 2, 3][:-1], [1, 2][:], [1, 2, 3][::2]", "([2, 3], [1, 2], [1, 2], [1, 3])"},
                     {"sum(i for i in range(3))", "3"},
                     {"max(*[1, 2], 3,)", "3"},
                     {"dict(**{'a': 1}, b=2)", "{'a': 1, 'b': 2}"}});
}

TEST(PostfixParser, Errors) {
  ExpectExpressions(
      {{"f(a=1, a=2)", "2:8: `a` is given twice"},
       {"f(a=1, 2)", "2:8: arguments without a name stand before those with one"},
       {"f(1=2)", "2:4: before `=` in a call stands the name of a parameter"},
       {"f(i for i in a, 1)", "2:3: a generator expression beside other arguments needs parentheses of its own"},
       {"f(1", "2:4: the end of the text stands where `)` or a comma is expected"},
       {"a.1", "2:2: `.1` stands where the end of the statement is expected"}});
  EXPECT_THAT(RunFragment("x = a[]"), ::testing::StartsWith("1:7: "));
  EXPECT_THAT(RunFragment("x = a."), ::testing::StartsWith("1:7: "));
}

}  // namespace
}  // namespace strata::zonec::pyzone
