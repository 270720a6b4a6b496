// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/brace_format.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(BraceFormat, Fields) {
  ExpectExpressions({{"'{}-{}'.format(1, 'a')", "'1-a'"},
                     {"'{1}{0}{1}'.format('a', 'b')", "'bab'"},
                     {"'{n:03d}.{zone}'.format(n=7, zone='b')", "'007.b'"},
                     {"'{{}}{}'.format(1)", "'{}1'"},
                     {"'{0[1]}{1[k]}'.format([1, 2], {'k': 3})", "'23'"},
                     {"'{!r:>5}'.format('a')", "\"  'a'\""},
                     {"'{:{}}|{:{w}}'.format(1, 3, 2, w=2)", "'  1| 2'"},
                     {"''.format(1)", "''"}});
}

TEST(BraceFormat, Errors) {
  ExpectExpressions({{"'{'.format(1)", "2:5: a single { or } in the format; one that is meant is written {{ or }}"},
                     {"'}'.format(1)", "2:5: a single { or } in the format; one that is meant is written {{ or }}"},
                     {"'{}{0}'.format(1)", "2:9: fields with and without numbers cannot be mixed"},
                     {"'{a}'.format(1)", "2:7: the format has a field `a`; format() was given no such argument"},
                     {"'{0.a}'.format(1)", "2:9: attributes in a format are not part of the language"},
                     {"'{0[1}'.format([1])", "2:9: `]` is missing in the format"},
                     {"'{!x}'.format(1)", "2:8: behind ! stands s, r or a"}});
  EXPECT_THAT(RunFragment("x = '{1}'.format(1)"), ::testing::StartsWith("1:"));
  EXPECT_THAT(RunFragment("x = '{:{:{}}}'.format(1, 2, 3)"), ::testing::StartsWith("1:"));
}

}  // namespace
}  // namespace strata::zonec::pyzone
