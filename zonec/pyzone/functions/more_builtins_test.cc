// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(MoreBuiltins, RefuseWhatTheyCannotTake) {
  ExpectExpressions(
      {{"hex('a')", "2:1: hex() takes an int"},
       {"divmod(1, 0)", "2:1: division by zero"},
       {"divmod('a', 1)", "2:1: divmod() takes two numbers"},
       {"round('a')", "2:1: round() takes a number"},
       {"round(15, -1)", "2:1: round() to tens and hundreds is not part of the language"},
       {"round(1e300)", "2:1: the number is too large: integers have 64 bits here"},
       {"pow(2, 64)", "2:1: the number is too large: integers have 64 bits here"},
       {"map(len)", "2:1: map() takes a function and what to go through"},
       {"list(map(len, [1]))", "2:6: an int has no length"},
       {"filter(None, 1)", "2:1: an int has no items to go through"},
       {"isinstance(1, len)", "2:1: isinstance() knows bool, bytes, dict, float, int, list, range, str and tuple"}});
}

TEST(MoreBuiltins, AreBounded) {
  Limits limits;
  limits.steps = 1000;
  const char* const message = "the zone takes more than 1000 steps to evaluate";
  for (const char* text : {"x = map(lambda n: n, range(10**9))", "x = filter(None, range(2**62))"}) {
    EXPECT_NE(RunFragment(text, limits).find(message), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace strata::zonec::pyzone
