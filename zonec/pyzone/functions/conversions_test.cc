// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/conversions.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Conversions, Numbers) {
  ExpectExpressions({{"int(), int(' -007 '), int('1_000'), int(True)", "(0, -7, 1000, 1)"},
                     {"int('ff', 16), int('0xFF', 16), int('-0b11', 2), int('17', 8)", "(255, 255, -3, 15)"},
                     {"int(-2.9), int(b'5')", "(-2, 5)"},
                     {"float(), float('-1.5e1'), float(' 2 '), float('0')", "(0.0, -15.0, 2.0, 0.0)"},
                     {"bool('0'), bool()", "(True, False)"}});
}

TEST(Conversions, NumbersThatAreNone) {
  ExpectExpressions({{"int('')", "2:1: int(): \"\" is not a number of base 10"},
                     {"int('1.5')", "2:1: int(): \"1.5\" is not a number of base 10"},
                     {"int('1__0')", "2:1: int(): \"1__0\" is not a number of base 10"},
                     {"int('_1')", "2:1: int(): \"_1\" is not a number of base 10"},
                     {"int('0_')", "2:1: int(): \"0_\" is not a number of base 10"},
                     {"int('8', 8)", "2:1: int(): \"8\" is not a number of base 8"},
                     {"int('1', 7)", "2:1: the base is 2, 8, 10 or 16"},
                     {"int(1, 16)", "2:1: int() with a base takes a str and an int"},
                     {"int(1e19)", "2:1: the number is too large: integers have 64 bits here"},
                     {"int([])", "2:1: int() takes no list"},
                     {"float('nan')", "2:1: float(): \"nan\" is not a number"},
                     {"float('1e999')", "2:1: the number is too large for a float"},
                     {"float([])", "2:1: float() takes a number or a str"}});
}

TEST(Conversions, Sequences) {
  ExpectExpressions({{"list('ab'), tuple([1]), list()", "(['a', 'b'], (1,), [])"},
                     {"dict([('a', 1)], b=2), dict({1: 2}), dict()", "({'a': 1, 'b': 2}, {1: 2}, {})"},
                     {"bytes([0, 255]), bytes(b'a'), bytes()", "(b'\\x00\\xff', b'a', b'')"},
                     {"str(1.5), str('a'), str(b'a'), str()", "('1.5', 'a', \"b'a'\", '')"},
                     {"dict([(1,)])", "2:1: dict() takes pairs of key and value"},
                     {"dict([], [])", "2:1: dict() takes one argument by place"},
                     {"bytes([256])", "2:1: bytes() takes numbers from 0 to 255"},
                     {"bytes('a')", "2:1: bytes() of a str: write \"...\".encode() or b\"...\""}});
}

TEST(Conversions, Characters) {
  ExpectExpressions({{"chr(97), chr(0x20ac), ord('\u20ac'), ord(b'\\xff')", "('a', '\u20ac', 8364, 255)"},
                     {"chr(0xd800)", "2:1: there is no character of this number"},
                     {"chr(0x110000)", "2:1: there is no character of this number"},
                     {"ord('')", "2:1: ord() takes one character"},
                     {"ord('ab')", "2:1: ord() takes one character"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
