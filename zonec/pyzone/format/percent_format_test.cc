// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/percent_format.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(PercentFormat, Conversions) {
  ExpectExpressions({{"'%d %i %u' % (1, -2, 3)", "'1 -2 3'"},
                     {"'%05d|%-5d|%+d|% d' % (42, 42, 42, 42)", "'00042|42   |+42| 42'"},
                     {"'%x %X %#x %o' % (255, 255, 255, 8)", "'ff FF 0xff 10'"},
                     {"'%s %r %a' % ('\u00e4', '\u00e4', '\u00e4')", "\"\u00e4 '\u00e4' '\\\\xe4'\""},
                     {"'%c%c' % (65, 'b')", "'Ab'"},
                     {"'%.2f %e %g' % (1.005, 12345.678, 0.0001)", "'1.00 1.234568e+04 0.0001'"},
                     {"'%%'  % ()", "'%'"},
                     {"'%*d|%.*f' % (4, 7, 1, 2.25)", "'   7|2.2'"},
                     {"'%.2s' % 'abc'", "'ab'"},
                     {"'%d' % 2.9", "'2'"},
                     {"b'%s-%d' % (b'a', 1)", "b'a-1'"},
                     {"'%(a)s%(b)02d' % {'a': 1, 'b': 2}", "'102'"}});
}

TEST(PercentFormat, Errors) {
  ExpectExpressions({{"'%d' % ()", "2:6: the format has more fields than there are values behind the %"},
                     {"'%d' % (1, 2)", "2:6: the format has fewer fields than there are values behind the %"},
                     {"'%d' % 'a'", "2:6: %d takes an int, not a str"},
                     {"'%x' % 1.5", "2:6: %x takes an int, not a float"},
                     {"'%y' % 1", "2:6: %y is no format; a % that is meant is written %%"},
                     {"'5%' % 1", "2:6: the format ends behind a %; one that is meant is written %%"},
                     {"'%(a' % {}", "2:7: `)` is missing behind %( in the format"},
                     {"'%(a)s' % 1", "2:9: behind a % with names stands a dict"},
                     {"'%(a)s' % {}", "2:9: the dict has no key \"a\""},
                     {"'%c' % 'ab'", "2:6: %c takes a character or its number"},
                     {"'%*d' % ('a', 1)", "2:7: * in a format takes an int"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
