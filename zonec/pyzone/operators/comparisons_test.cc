// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Comparisons, EqualityIsByValue) {
  ExpectExpressions({{"1 == 1.0 == True", "True"},
                     {"'a' == b'a'", "False"},
                     {"[1, (2,)] == [1.0, (2,)]", "True"},
                     {"[1] == (1,)", "False"},
                     {"{1: 2, 3: 4} == {3: 4, 1: 2}", "True"},
                     {"{1: 2} == {1: 3}", "False"},
                     {"range(0) == range(5, 1)", "True"},
                     {"range(0, 3, 2) == range(0, 4, 2)", "True"},
                     {"None == 0", "False"}});
}

TEST(Comparisons, OrderIsThatOfTheFirstDifference) {
  ExpectExpressions({{"[1, 2] < [1, 3]", "True"},
                     {"(1,) < (1, 0)", "True"},
                     {"'a' < 'b' <= 'b' > 'a'", "True"},
                     {"'\u00e4' > 'z'", "True"},
                     {"9007199254740993 > 9007199254740992.0", "True"},
                     {"1 < 2 > 3", "False"}});
}

TEST(Comparisons, MembershipGoesThroughItems) {
  ExpectExpressions({{"1 in [0, True]", "True"},
                     {"'b' in 'abc', 'd' not in 'abc', '' in ''", "(True, True, True)"},
                     {"97 in b'a'", "True"},
                     {"1 in {1: 2}, 2 in {1: 2}", "(True, False)"},
                     {"10**18 in range(10**18 + 1)", "True"},
                     {"5 in range(0, 10, 2)", "False"},
                     {"None is None, None is not 1", "(True, True)"}});
}

TEST(Comparisons, WhatHasNoOrderFails) {
  ExpectExpressions({{"300 in b'a'", "2:5: an octet is a number from 0 to 255"}});
  for (const char* text : {"x = 1 < 'a'", "x = [] < ()", "x = {} < {}", "x = None < 1", "x = 1 in 'a'", "x = 1 in 2"}) {
    EXPECT_THAT(RunFragment(text), ::testing::StartsWith("1:")) << text;
  }
}

TEST(Comparisons, DeepValuesAreNotCompared) {
  EXPECT_EQ(RunFragment("a = []\nb = []\nfor i in range(200):\n  a = [a]\n  b = [b]\nx = a == b"),
            "6:7: the values nest too deep to be compared");
}

}  // namespace
}  // namespace strata::zonec::pyzone
