// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/sequences.h"

#include <cstdint>
#include <limits>
#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Sequences, HaveItemsByNumber) {
  ExpectExpressions({{"[1, 2, 3][-1]", "3"},
                     {"(1, 2)[True]", "2"},
                     {"'a\u00e4b'[1]", "'\u00e4'"},
                     {"b'ab'[-2]", "97"},
                     {"range(10, 0, -3)[-1]", "1"},
                     {"{1: 2}[1.0]", "2"},
                     {"[1][1]", "2:4: index 1 is outside of a list of length 1"},
                     {"''[0]", "2:3: index 0 is outside of a str of length 0"},
                     {"[1]['0']", "2:4: the index of a list is an integer, not a str"},
                     {"{'a': 1}['b']", "2:9: the dict has no key \"b\""},
                     {"(5)[0]", "2:4: an int has no items by number"}});
}

TEST(Sequences, HaveSlices) {
  ExpectExpressions({{"[0, 1, 2, 3][::-1]", "[3, 2, 1, 0]"},
                     {"[0, 1, 2, 3][-100:100:2]", "[0, 2]"},
                     {"[0, 1, 2, 3][3:1]", "[]"},
                     {"(0, 1, 2)[-9223372036854775807:]", "(0, 1, 2)"},
                     {"[0, 1, 2][::-9223372036854775807 - 1]", "[2]"},
                     {"'a\u00e4\u20acb'[1:3]", "'\u00e4\u20ac'"},
                     {"'a\u00e4b'[::-1]", "'b\u00e4a'"},
                     {"b'abcd'[1::2]", "b'bd'"},
                     {"range(10)[2:8:3]", "range(2, 8, 3)"},
                     {"range(10)[::-1]", "range(9, -1, -1)"},
                     {"[1][::0]", "2:4: the step of a slice is 0"},
                     {"[1]['a':]", "2:4: the bounds of a slice are integers, not a str"},
                     {"{}[1:]", "2:3: a dict has no slices"}});
}

TEST(Sequences, ItemsAreAssigned) {
  ExpectPrograms({{"x = [1, 2]\nx[-1] = 3", "[1, 3]"},
                  {"x = {}\nx['a'] = 1\nx['a'] = 2", "{'a': 2}"},
                  {"x = [1]\nx[1] = 3", "2:2: index 1 is outside of a list of length 1"},
                  {"x = (1,)\nx[0] = 3", "2:2: the items of a tuple cannot be assigned"}});
}

TEST(Sequences, CursorFollowsAListButNotADict) {
  ExpectPrograms({{"x = [3]\nfor i in x:\n  if i: x.append(i - 1)", "[3, 2, 1, 0]"},
                  {"x = {1: 1}\nfor i in x: x[i + 1] = 1", "2:1: the dict grows while its keys are gone through"},
                  {"x = zip('ab')\nx = [list(x), list(x)]", "[[('a',), ('b',)], []]"},
                  {"for x in 5: pass", "1:10: an int has no items to go through"}});
}

TEST(Sequences, LengthHasToBeANumber) {
  RunWithLimits test;
  EXPECT_EQ(Length(test.run.NewStr("\u00e4\u20ac"), &test.run), 2);
  EXPECT_EQ(Length(test.run.NewRange({0, 10, 3}), &test.run), 4);
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(Length(test.run.NewRange({-kMax, kMax, 1}), &test.run), std::nullopt);
  EXPECT_EQ(test.error(), "the range is too long for its length to be a number");
}

}  // namespace
}  // namespace strata::zonec::pyzone
