// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(CaseMethods, AreAboutAsciiOnly) {
  ExpectExpressions(
      {{"'\u00e4'.isalpha()", "2:6: kind and case of characters that are not ASCII are not part of the language"},
       {"'ab c'.title(), b'aB'.swapcase()", "('Ab C', b'Ab')"},
       {"''.isupper(), 'A1'.isupper(), 'Aa'.islower()", "(False, True, False)"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
