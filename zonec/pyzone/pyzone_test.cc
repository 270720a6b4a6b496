// What is refused, where, and with which words; what a zone may cost. That what is taken means the same as in Python is
// python_test's matter.
//
// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/pyzone.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_pyzone.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string FirstMessage(const std::string& text, const pyzone::Limits& limits = {}) {
  const PyzoneOutcome outcome = RunPyzone(text, limits);
  return outcome.messages.empty() ? "none" : outcome.messages[0];
}

std::string Repeat(const std::string& text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Pyzone, SaysWhatIsNotPartOfTheLanguage) {
  const std::pair<const char*, const char*> cases[] = {
      {"import os", "1:1 not-supported: `import` is not part of the language"},
      {"x = 1\nfrom twisted.names.authority import getSerial", "2:1 not-supported: `from` is not part"},
      {"while 1: pass", "1:1 not-supported: `while` is not part of the language: write `for ... in range(...)`"},
      {"class A: pass", "1:1 not-supported: `class`"},
      {"y = 1\ndel y", "2:5 not-supported: only items of lists and dicts can be deleted"},
      {"x = set([1])", "1:5 not-supported: `set` is not part of the language: a set has no order"},
      {"try:\n  pass", "1:1 not-supported: `try`"},
      {"def f():\n  global x", "2:3 not-supported: `global`"},
      {"x = getSerial('x')", "1:5 not-supported: `getSerial` is not part of the language: write the serial number"},
      {"exec('x')", "1:1 not-supported: `exec`"},
      {"open('/etc/passwd')", "1:1 not-supported: `open`"},
      {"x = {1, 2}", "1:5 not-supported: sets are not part"},
      {"x: int = 1", "1:2 not-supported: annotations"},
      {"def f():\n  def g(): pass", "2:3 not-supported: a function inside of a function"},
      {"@f\ndef g(): pass", "1:1 not-supported: decorators"},
      {"def f(n):\n  return f(n - 1)\nf(3)", "2:10 not-supported: f() calls itself; recursion"},
      {"(x := 1)", "1:4 not-supported: `:=`"},
      {"x = [1]\nx[0:1] = [2]", "2:2 not-supported: assigning to a slice"},
      {"x = f'{1=}'", "1:9 not-supported: `{value=}`"},
      {"x = 'a' is 'b'", "1:9 evaluation: `is`"},
      {"x = ().__class__", "1:8 evaluation: a tuple has no `__class__` in this language"},
      {"x = 1j", "1:5 syntax: complex numbers"},
  };
  for (const auto& [text, message] : cases) EXPECT_THAT(FirstMessage(text), StartsWith(message)) << text;
}

TEST(Pyzone, SaysWhereAndWhat) {
  const std::pair<const char*, const char*> cases[] = {
      {"zone = [1, 2", "1:13 syntax: the end of the text stands where `]` or a comma is expected"},
      {"x = (1 +\n  )", "2:3 syntax: `)` stands where a value is expected"},
      {"x = 'abc", "1:5 syntax: the string is not closed on its line"},
      {"x = 1\n y = 2", "2:1 syntax: the line is indented, but no block starts here"},
      {"if 1:\nx = 2", "2:1 syntax: an indented block is missing here"},
      {"x = '\\ud800'", "1:6 syntax: there is no character of this number"},
      {"x = 9223372036854775808", "1:5 syntax: the number is too large"},
      {"x = 9223372036854775807 + 1", "1:25 evaluation: the number is too large: integers have 64 bits here"},
      {"x = 1 + 'a'", "1:7 evaluation: `+` cannot be used with an int and a str; str() makes a text of a value"},
      {"x = 1 / (2 - 2)", "1:7 evaluation: division by zero"},
      {"x = unknown", "1:5 evaluation: `unknown` is not defined"},
      {"x = [1, 2][5]", "1:11 evaluation: index 5 is outside of a list of length 2"},
      {"x = 'a'\xff", "1:8 syntax: the text is not UTF-8 here"},
      {"def f(a): return a\nf(1, 2)", "2:6 evaluation: f() takes 1 arguments by place"},
      {"n = 1\ndef f():\n  n += 1\nf()", "3:3 evaluation: `n` is used before it is assigned"},
      {"def f():\n  return 1 / 0\ndef g():\n  return f()\nx = g()",
       "2:12 evaluation: division by zero (5:5 in this call of g())"},
  };
  for (const auto& [text, message] : cases) EXPECT_THAT(FirstMessage(text), StartsWith(message)) << text;
}

TEST(Pyzone, NoValueGrowsTooLarge) {
  for (const char* text :
       {"'9' * 10**9", "[0] * 10**9", "'{:1000000000}'.format(1)", "f'{1:1000000000}'", "'%1000000000d' % 1",
        "'%*d' % (10**9, 1)", "f'{1.5:.1000000000f}'", "'1'.zfill(10**12)", "('a' * 10**6).replace('a', 'b' * 10**6)",
        "('a' * 10**6).join(['b'] * 10**6)", "'{:99999999999999999999}'.format(1)", "(0,) * (2 << 61)"}) {
    EXPECT_THAT(FirstMessage(text), HasSubstr(" limit: ")) << text;
  }
}

TEST(Pyzone, NothingRunsForLong) {
  pyzone::Limits limits;
  limits.steps = 100'000;
  for (const char* text :
       {"for i in range(10**18): pass", "[0 for a in range(10**9) for b in range(10**9)]",
        "a = [1]\nfor x in a: a += [x]", "[str(i) for i in range(10**9)]", "x = sum([[1] * 1000] * 100000, [])",
        "x = ('a' * 10**6).find('a' * 10**5 + 'b')",
        "a = [1]\nb = [1]\nfor i in range(60):\n  a = [a, a]\n  b = [b, b]\nx = a == b", "len(*range(10**9))",
        "x = 'a' * 10**6\nfor i in range(10**6): x == x + ''", "a = []\nfor i in range(10**9): a.insert(0, i)"}) {
    EXPECT_THAT(FirstMessage(text, limits), HasSubstr("limit: ")) << text;
  }
}

TEST(Pyzone, MemoryIsBounded) {
  pyzone::Limits limits;
  limits.memory_bytes = 1 << 20;
  for (const char* text :
       {"x = ''\nfor i in range(10**6): x += 'abc'", "x = [[] for i in range(10**6)]",
        "x = {i: i for i in range(10**6)}", "x = list(zip(range(10**6)))", "x = [i for i in range(10**6)]"}) {
    EXPECT_THAT(FirstMessage(text, limits), HasSubstr(" limit: the zone takes more than 1 MiB of memory")) << text;
  }
}

TEST(Pyzone, RecordsAreBounded) {
  pyzone::Limits limits;
  limits.records = 10;
  EXPECT_THAT(FirstMessage("zone = [A('a.b', '192.0.2.1') for i in range(11)]", limits),
              StartsWith("1:9 limit: the zone makes more than 10 records"));
  EXPECT_EQ(FirstMessage("zone = [A('a.b', '192.0.2.1') for i in range(10)]", limits), "none");
}

TEST(Pyzone, NestingIsBounded) {
  std::string blocks, calls = "def f0(): return 0\n";
  for (int i = 0; i < 200; ++i) absl::StrAppend(&blocks, std::string(static_cast<size_t>(i), ' '), "if 1:\n");
  for (int i = 1; i < 200; ++i) absl::StrAppend(&calls, "def f", i, "(): return f", i - 1, "()\n");
  for (const std::string& text :
       {"x = " + Repeat("(", 100000), "x = " + Repeat("[", 100000), "x = " + Repeat("-", 100000) + "1",
        "x = " + Repeat("not ", 100000) + "1", "x = " + Repeat("2**", 100000) + "1",
        "x = " + Repeat("1 if 1 else ", 100000) + "1", "x = " + Repeat("{1:", 100000),
        "x = f'{" + Repeat("(", 1000) + "1" + Repeat(")", 1000) + "}'", blocks, calls + "f199()",
        std::string("a = []\nfor i in range(1000): a = [a]\nx = str(a)"),
        std::string("a = []\na.append(a)\nb = []\nb.append(b)\nx = a == b"),
        std::string("a = ()\nfor i in range(1000): a = (a,)\nx = {a: 1}")}) {
    EXPECT_THAT(FirstMessage(text), HasSubstr("limit: ")) << text.substr(0, 50);
  }
  // What is long is not deep.
  const std::string tail = "\nzone = []";
  EXPECT_EQ(FirstMessage("x = " + Repeat("1 + ", 100000) + "1" + tail), "none");
  EXPECT_EQ(FirstMessage("if 0: pass\n" + Repeat("elif 0: pass\n", 10000) + tail), "none");
  EXPECT_EQ(FirstMessage("x = " + Repeat("'a' ", 10000) + tail), "none");
}

TEST(Pyzone, ServiceParametersAreArgumentsByNameToo) {
  const std::string by_place = "'alpn=h2,h3', 'port=443', 'ipv4hint=192.0.2.1,192.0.2.2', 'no-default-alpn'";
  const std::string by_name = "alpn='h2,h3', port=443, ipv4hint=['192.0.2.1', '192.0.2.2'], no_default_alpn=True";
  const auto records = [](const std::string& parameters) {
    return RunPyzone("zone = [HTTPS('a.test', 1, '.', " + parameters + ", ttl=60)]").records;
  };
  ASSERT_EQ(records(by_place).size(), 1u);
  EXPECT_EQ(records(by_name), records(by_place));
  EXPECT_THAT(FirstMessage("zone = [SVCB('a.test', 1, '.', alpn=None)]"),
              "1:37 arguments: SVCB: `alpn` is a str, an int, a list of these, or True, not None");
  EXPECT_THAT(FirstMessage("zone = [SVCB('a.test', 1, '.', bogus=1)]"), HasSubstr("bogus"));
  EXPECT_THAT(FirstMessage("zone = [MX('a.test', 1, '.', alpn=1)]"), HasSubstr("there is no parameter `alpn`"));
}

}  // namespace
}  // namespace strata::zonec
