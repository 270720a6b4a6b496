// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/statement_parser.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/evaluation.h"

namespace strata::zonec::pyzone {
namespace {

TEST(StatementParser, Statements) {
  ExpectPrograms(
      {{"x = 1; x += 2; x *= 3", "9"},
       {"if 0: x = 1\nelif 1: x = 2\nelse: x = 3", "2"},
       {"x = []\nfor a, b in [(1, 2)]:\n  x += [b, a]\nelse:\n  x += [0]", "[2, 1, 0]"},
       {"def f(a, b=2, *c, d, e=5, **f): return [a, b, c, d, e, f]\nx = f(1, d=4, g=6)", "[1, 2, (), 4, 5, {'g': 6}]"},
       {"def f(a, *, b): return a - b\nx = f(3, b=1)", "2"},
       {"\"\"\"docstring\"\"\"\n\nx = 1  # comment", "1"}});
}

TEST(StatementParser, Errors) {
  ExpectPrograms({{" x = 1", "1:1: the line is indented, but no block starts here"},
                  {"if 1:\nx = 1", "2:1: an indented block is missing here"},
                  {"return 1", "1:1: `return` stands only in a function"},
                  {"break", "1:1: `break` stands only in a loop"},
                  {"def f():\n  def g(): pass",
                   "2:3: a function inside of a function is not part of the language: define it in the file"},
                  {"def f(a, a): pass", "1:11: two parameters have the same name"},
                  {"def f(a=1, b): pass", "1:12: a parameter without a default stands behind one with a default"},
                  {"def f(**a, b): pass", "1:12: nothing stands behind the ** parameter"},
                  {"[a] += 1", "1:1: this cannot be changed by an assignment with an operator"},
                  {"x = '\xff'", "1:6: the text is not UTF-8 here"}});
}

TEST(StatementParser, LoopsEndAtFunctions) {
  ExpectPrograms({{"def f():\n  break", "2:3: `break` stands only in a loop"},
                  {"for i in [1]: pass\nelse: break", "2:7: `break` stands only in a loop"},
                  {"def f():\n  return 1\nreturn 2", "3:1: `return` stands only in a function"}});
}

TEST(StatementParser, AnEmptyTextIsAProgram) {
  ExpectPrograms({{"", "x is not set"}, {"\n\n# nothing\n", "x is not set"}});
}

}  // namespace
}  // namespace strata::zonec::pyzone
