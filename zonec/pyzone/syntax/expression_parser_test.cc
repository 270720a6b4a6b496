// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/expression_parser.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(ExpressionParser, OperatorsBindAsInPython) {
  ExpectExpressions({{"2 + 3 * 4 - 1", "13"},
                     {"2 ** 3 ** 2", "512"},
                     {"-2 ** 2, 2 ** -1", "(-4, 0.5)"},
                     {"10 - 4 - 3, 100 // 10 // 5", "(3, 2)"},
                     {"1 | 6 ^ 3 & 2 << 1", "7"},
                     {"not 1 == 2", "True"},
                     {"1 or 2 and 0", "1"},
                     {"1 if 0 else 2 if 0 else 3", "3"},
                     {"1 < 2 == 2", "True"},
                     {"not not 1 in [1]", "True"},
                     {"~-1", "0"},
                     {"1, 2,", "(1, 2)"}});
}

TEST(ExpressionParser, Errors) {
  ExpectExpressions(
      {{"1 +", "2:4: the end of the line stands where a value is expected"},
       {"1 2", "2:3: `2` stands where the end of the statement is expected"},
       {"*[1]", "2:1: * stands here only in a list, a tuple or a call"},
       {"1 if 2", "2:7: the end of the line stands where `else` behind `if` in an expression is expected"},
       {"0x", "2:1: \"0x\" is not a number"},
       {"1__0", "2:3: \"1__0\" is not a number"},
       {"for", "2:1: `for` stands where a value is expected"}});
}

TEST(ExpressionParser, NestingIsBounded) {
  Limits limits;
  limits.nesting = 3;
  EXPECT_EQ(RunFragment("x = - - 1", limits), "1");
  EXPECT_THAT(RunFragment("x = - - - - - 1", limits), ::testing::HasSubstr("nest"));
}

}  // namespace
}  // namespace strata::zonec::pyzone
