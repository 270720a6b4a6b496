// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(TextMethods, SplitAndJoin) {
  ExpectExpressions({{"'a b  c '.split()", "['a', 'b', 'c']"},
                     {"'a,b,,c'.split(',')", "['a', 'b', '', 'c']"},
                     {"'a,b,c'.split(',', 1)", "['a', 'b,c']"},
                     {"''.split(','), ''.split()", "([''], [])"},
                     {"b'a.b'.split(b'.')", "[b'a', b'b']"},
                     {"'a=b=c'.partition('='), 'a'.partition('=')", "(('a', '=', 'b=c'), ('a', '', ''))"},
                     {"', '.join(['a', 'b']), ''.join([])", "('a, b', '')"}});
}

TEST(TextMethods, Search) {
  ExpectExpressions({{"'abab'.find('b'), 'abab'.rfind('b'), 'a'.find('c')", "(1, 3, -1)"},
                     {"'\u00e4b'.find('b')", "1"},
                     {"'aaa'.count('aa')", "1"},
                     {"'abc'.startswith('ab'), 'abc'.endswith(('x', 'c'))", "(True, True)"},
                     {"'a-a-a'.replace('-', '+', 1)", "'a+a-a'"},
                     {"'12'.isdigit(), ''.isdigit(), '1a'.isdigit()", "(True, False, False)"}});
}

TEST(TextMethods, Changes) {
  ExpectExpressions({{"'aB'.upper(), 'aB'.lower(), b'a'.upper()", "('AB', 'ab', b'A')"},
                     {"' a '.strip(), 'xax'.lstrip('x'), 'xax'.rstrip('x')", "('a', 'ax', 'xa')"},
                     {"'-5'.zfill(4), '5'.zfill(0)", "('-005', '5')"},
                     {"'\u00e4'.encode(), b'\\xc3\\xa4'.decode()", "(b'\\xc3\\xa4', '\u00e4')"}});
}

TEST(TextMethods, Errors) {
  ExpectExpressions(
      {{"'a'.split('')", "2:5: the separator is empty"},
       {"'a'.partition('')", "2:5: the separator is empty"},
       {"'a'.replace('', 'b')", "2:5: what is to be replaced is empty"},
       {"'a'.count('')", "2:5: what is to be counted is empty"},
       {"'a'.find(b'a')", "2:5: this takes a str, not a bytes"},
       {"','.join([1])", "2:5: this takes a str, not an int"},
       {"'\u00e4'.upper()", "2:6: upper and lower case of characters that are not ASCII are not part of the language"},
       {"'\u00e4'.encode('ascii')", "2:6: the str is not ASCII"},
       {"b'\\xff'.decode()", "2:9: the bytes are not UTF-8"},
       {"'a'.encode('latin-1')", "2:5: the encodings are \"utf-8\" and \"ascii\""}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
