// SPDX-License-Identifier: Apache-2.0
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(StringParser, JoinsAdjacentLiterals) {
  ExpectExpressions({{"'a' \"b\" '''c'''", "'abc'"},
                     {"b'a' b'b'", "b'ab'"},
                     {"'{' f'{1}' '}'", "'{1}'"},
                     {"'a' b'b'", "2:5: str and bytes literals cannot be joined"}});
}

TEST(StringParser, Fields) {
  ExpectExpressions({{"f'{1 + 1}|{2:03d}|{\"a\"!r}'", "\"2|002|'a'\""},
                     {"f'{{{1}}}'", "'{1}'"},
                     {"f'{[1, 2][0]}{ {1: 2}[1] }'", "'12'"},
                     {"f'{5:{1 + 2}d}'", "'  5'"},
                     {"f'{1 != 2}'", "'True'"},
                     {"f'{(1, 2)}'", "'(1, 2)'"},
                     {"rf'\\n{1}'", "'\\\\n1'"},
                     {"f'\\n{1}'", "'\\n1'"},
                     {"f'''{\n1}'''", "'1'"}});
}

TEST(StringParser, Errors) {
  ExpectExpressions({{"f'a{1'", "2:4: the { of an f-string is never closed; one that is meant is written {{"},
                     {"f'{1!x}'", "2:5: behind ! stands s, r or a"},
                     {"f'{1=}'", "2:5: `{value=}` is not part of the language: write the name as text"},
                     {"'\\x4'", "2:2: \\x takes 2 hexadecimal digits"},
                     {"'ab' 'c\\x4'", "2:8: \\x takes 2 hexadecimal digits"},
                     {"f'ab{1}\\ud800'", "2:8: there is no character of this number"},
                     {"f'{1 +}'", "2:7: the end of the text stands where a value is expected"},
                     {"f'{nowhere}'", "2:4: `nowhere` is not defined"}});
  EXPECT_THAT(RunFragment("x = f'}'"), ::testing::StartsWith("1:7: "));
  EXPECT_THAT(RunFragment("x = f'{}'"), ::testing::StartsWith("1:8: "));
}

}  // namespace
}  // namespace strata::zonec::pyzone
