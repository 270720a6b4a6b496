// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/operators/operators.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Operators, TakeTheKindsThatPythonTakes) {
  ExpectExpressions({{"[1] + [2]", "[1, 2]"},
                     {"(1,) * 2", "(1, 1)"},
                     {"3 * 'ab'", "'ababab'"},
                     {"'ab' * -1", "''"},
                     {"b'a' + b'b'", "b'ab'"},
                     {"True + True", "2"},
                     {"1 + 0.5", "1.5"},
                     {"'%s-%d' % ('a', 1)", "'a-1'"},
                     {"-True", "-1"},
                     {"~5", "-6"},
                     {"not []", "True"}});
}

TEST(Operators, SayWhichKindsDoNotFit) {
  ExpectExpressions({{"1 + 'a'", "2:3: `+` cannot be used with an int and a str; str() makes a text of a value"},
                     {"'a' + b'a'", "2:5: `+` cannot be used with a str and a bytes; a str and a bytes do not mix"},
                     {"[1] - [1]", "2:5: `-` cannot be used with a list and a list"},
                     {"1.5 << 1", "2:5: `<<` cannot be used with a float and an int"},
                     {"-'a'", "2:1: `-` cannot be used with a str"},
                     {"-(-9223372036854775807 - 1)", "2:1: the number is too large: integers have 64 bits here"}});
}

TEST(Operators, TruthIsThatOfWhatIsNotEmpty) {
  ExpectExpressions({{"[bool(v) for v in ['', b'', [], (), {}, 0, 0.0, None, range(0)]]",
                      "[False, False, False, False, False, False, False, False, False]"},
                     {"[bool(v) for v in ['0', b'0', [0], (0,), {0: 0}, -1, 0.5, range(1), len]]",
                      "[True, True, True, True, True, True, True, True, True]"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
