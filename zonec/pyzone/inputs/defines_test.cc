// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/inputs/defines.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_pyzone.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The messages about a program that has site=fra, and whose zone is empty.
std::vector<std::string> MessagesOf(const std::string& program) {
  return RunPyzone(program + "\nzone = []\n", {}, {{"site", "fra"}}).messages;
}

TEST(Defines, AreVariables) {
  EXPECT_THAT(MessagesOf("assert site == 'fra' and defined('site') == 'fra' and defined('site', 1) == 'fra'"),
              IsEmpty());
  EXPECT_THAT(MessagesOf("def f(): return site\nassert f() == 'fra'"), IsEmpty());
  EXPECT_THAT(MessagesOf("site\nassert defined('other', None) is None"), IsEmpty());
  EXPECT_THAT(MessagesOf("site, defined('other')"),
              ElementsAre("1:7 define: there is no `other`; give it by --define=other=VALUE, or a default here"));
  EXPECT_THAT(MessagesOf("site, defined(1)"),
              ElementsAre("1:7 evaluation: defined() takes the name of a --define, a str"));
}

TEST(Defines, AreNotLostWithoutAWord) {
  const std::string lost = "`site` is given by --define and would be lost here; write site = defined(\"site\", ...)";
  EXPECT_THAT(MessagesOf("site = 'ber'"), ElementsAre("1:1 define: " + lost));
  EXPECT_THAT(MessagesOf("def site(): pass"), ElementsAre("1:1 define: " + lost));
  EXPECT_THAT(MessagesOf("for site in [1]: pass"), ElementsAre("1:5 define: " + lost));
  EXPECT_THAT(MessagesOf("a, site = 1, 2"), ElementsAre("1:4 define: " + lost));
  EXPECT_THAT(MessagesOf("site += 'x'"), ElementsAre("1:1 define: " + lost));
  EXPECT_THAT(MessagesOf("site = defined('site', 'ber')\nsite += '1'\nassert site == 'fra1'"), IsEmpty());
  EXPECT_THAT(MessagesOf("site = len(defined('site', 'ber'))\nassert site == 3"), IsEmpty());
}

TEST(Defines, OfAFunctionOrComprehensionAreItsOwn) {
  EXPECT_THAT(MessagesOf("def f(site): return site\nassert f(1) == 1 and [site for site in [2]] == [2]\nsite"),
              IsEmpty());
}

TEST(Defines, ThoseThatAreNotReadAreWorthAWarning) {
  EXPECT_THAT(MessagesOf(""), ElementsAre("unused-define: --define=site=... is read by no line of it"));
}

TEST(Defines, TheirNamesAreThoseOfVariables) {
  const auto messages = [](const char* name, const char* value) {
    return RunPyzone("zone = []", {}, {{name, value}}).messages;
  };
  EXPECT_THAT(messages("if", "x"), ElementsAre("define: --define=if=...: `if` is a word of the language"));
  EXPECT_THAT(messages("A", "x"), ElementsAre("define: --define=A=...: `A` is a function"));
  EXPECT_THAT(messages("len", "x"), ElementsAre("define: --define=len=...: `len` is a function"));
  EXPECT_THAT(messages("a", "\xff"), ElementsAre("define: --define=a=...: `a` is given a value that is not UTF-8"));
}

TEST(Defines, KnowWhatWasAskedFor) {
  RunWithLimits test;
  Program program;
  Defines defines({{"a", "1"}, {"b", "2"}, {"c", "3"}}, &program, &test.run);
  EXPECT_THAT(defines.Unread(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(defines.Ask("b").octets(), "2");
  EXPECT_TRUE(defines.Ask("d").failed());
  defines.MarkRead(program.Intern("a"));
  EXPECT_FALSE(defines.MayAssign(program.Intern("a")));
  EXPECT_TRUE(defines.MayAssign(program.Intern("b")));
  EXPECT_TRUE(defines.MayAssign(program.Intern("d")));
  EXPECT_THAT(defines.Unread(), ElementsAre("c"));
}

}  // namespace
}  // namespace strata::zonec::pyzone
