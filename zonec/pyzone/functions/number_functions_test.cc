// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(NumberFunctions, RefuseWhatTheyCannotTake) {
  ExpectExpressions({{"hex('a')", "2:1: hex() takes an int"},
                     {"divmod(1, 0)", "2:1: division by zero"},
                     {"divmod('a', 1)", "2:1: divmod() takes two numbers"},
                     {"round('a')", "2:1: round() takes a number"},
                     {"round(15, -1)", "2:1: round() to tens and hundreds is not part of the language"},
                     {"round(1e300)", "2:1: the number is too large: integers have 64 bits here"},
                     {"pow(2, 64)", "2:1: the number is too large: integers have 64 bits here"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
