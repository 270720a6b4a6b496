// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(CutMethods, RefuseWhatTheyCannotTake) {
  ExpectExpressions({{"'a'.removeprefix(b'a')", "2:5: this takes a str, not a bytes"},
                     {"'a'.center('x')", "2:5: the width is an int"},
                     {"'a'.ljust(9, 'xy')", "2:5: it is filled up with one character"},
                     {"'a'.ljust(10**9)", "2:5: a value of size 999999999; the most is 4194304"},
                     {"'a'.rjust(2**62, '\u00e4')", "2:5: a value of size 4611686018427387903; the most is 4194304"},
                     {"'a'.rsplit('')", "2:5: the separator is empty"},
                     {"'a'.rpartition('')", "2:5: the separator is empty"},
                     {"'a\\fb'.splitlines()",
                      "2:8: splitlines() of other line ends than \\n and \\r is not part of the language: use split()"},
                     {"bytes.fromhex('0')", "2:7: fromhex() takes pairs of hexadecimal digits"},
                     {"'a'.hex()", "2:5: a str has no `hex` in this language"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
