// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/inputs/inclusions.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_pyzone.h"

namespace strata::zonec::pyzone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

class InclusionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    top_ = absl::StrCat(testing::TempDir(), "/", testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(top_ + "/sub");
    Write("records.py", "def host(n):\n    return A(f'h{n}.' + origin, f'192.0.2.{n}', ttl=60)\n");
  }
  void Write(const std::string& path, const std::string& text) { std::ofstream(top_ + "/" + path) << text; }
  PyzoneOutcome RunZone(const std::string& text, const Limits& limits = {}) {
    return RunPyzone(text, limits, {}, {top_});
  }
  std::vector<std::string> Messages(const std::string& text, const Limits& limits = {}) {
    return RunZone(text, limits).messages;
  }

  std::string top_;
};

TEST_F(InclusionsTest, TheVariablesAreThoseOfTheProgram) {
  const PyzoneOutcome outcome =
      RunZone("origin = 'a.test'\ninclude('records.py')\norigin = 'b.test'\nzone = [host(i) for i in range(1, 3)]");
  EXPECT_THAT(outcome.messages, IsEmpty());
  EXPECT_THAT(outcome.records, ElementsAre("h1.b.test. 60 A 192.0.2.1", "h2.b.test. 60 A 192.0.2.2"));
  Write("counter.py", "n += 1\n");
  EXPECT_THAT(Messages("n = 0\nfor i in range(5): include('counter.py')\nassert n == 5\nzone = []"), IsEmpty());
  EXPECT_THAT(Messages("n = 0\ndef f(n):\n  include('counter.py')\n  return n\nassert f(7) == 7 and n == 1\nzone = []"),
              IsEmpty());
  EXPECT_THAT(Messages("n = 0\nassert include('counter.py') is None\nzone = []"), IsEmpty());
}

TEST_F(InclusionsTest, AFunctionKeepsItsVariablesOverAnInclusionThatFailsOrNot) {
  Write("names.py", "a = 1\nb = [c for c in 'xy']\n");
  EXPECT_THAT(Messages("def f(a):\n  c = [include('names.py') for x in [1]]\n  return (a, c)\n"
                       "assert f(5) == (5, [None]) and a == 1 and b == ['x', 'y']\nzone = []"),
              IsEmpty());
}

TEST_F(InclusionsTest, ErrorsAreWhereTheyStand) {
  Write("syntax.py", "x = 1\ny = = 2\n");
  Write("value.py", "\n\nz = 1 / 0\n");
  Write("record.py", "zone = [A('a.test', 'x')]\n");
  EXPECT_THAT(Messages("include('syntax.py')"), ElementsAre(HasSubstr("syntax.py:2:5 syntax: ")));
  EXPECT_THAT(Messages("include('value.py')"), ElementsAre("value.py:3:7 evaluation: division by zero"));
  EXPECT_THAT(Messages("include('record.py')"), ElementsAre(HasSubstr("record.py:1:21 rdata: ")));
  EXPECT_THAT(Messages("\n include('none.py')"), ElementsAre(HasSubstr("2:1 syntax: ")));
  EXPECT_THAT(Messages("\nx = include('none.py')"), ElementsAre(HasSubstr("2:5 include: cannot include \"none.py\"")));
  EXPECT_THAT(Messages("include('../x.py')"), ElementsAre(HasSubstr("1:1 include: cannot include \"../x.py\"")));
}

TEST_F(InclusionsTest, PathsStartAtTheIncludingFile) {
  Write("sub/outer.py", "include('inner.py')\n");
  Write("sub/inner.py", "zone = []\n");
  EXPECT_THAT(Messages("include('sub/outer.py')"), IsEmpty());
}

TEST_F(InclusionsTest, CyclesAndDepthAndNumberAreBounded) {
  Write("a.py", "include('b.py')\n");
  Write("b.py", "include('a.py')\n");
  EXPECT_THAT(Messages("include('a.py')"),
              ElementsAre("b.py:1:1 include: cannot include \"a.py\": it includes itself"));
  Write("f.py", "def f(): include('g.py')\nf()\n");
  Write("g.py", "f()\n");
  EXPECT_THAT(Messages("include('f.py')"), ElementsAre(HasSubstr("g.py:1:1 not-supported: f() calls itself")));
  for (int i = 0; i < 17; ++i) Write(absl::StrCat("d", i, ".py"), absl::StrCat("include('d", i + 1, ".py')\n"));
  EXPECT_THAT(Messages("include('d0.py')"), ElementsAre("d15.py:1:1 limit: more than 16 include() in each other"));
  Write("empty.py", "");
  Limits limits;
  EXPECT_THAT(Messages("for i in range(4096): include('empty.py')\nzone = []"), IsEmpty());
  EXPECT_THAT(Messages("for i in range(4097): include('empty.py')"),
              ElementsAre("1:23 limit: the zone includes more than 4096 files"));
  limits.steps = 1000;
  Write("loop.py", "for i in range(300): pass\n");
  EXPECT_THAT(Messages("for k in range(9): include('loop.py')", limits),
              ElementsAre(HasSubstr("loop.py:1:22 limit: the zone takes more than 1000 steps")));
  limits = {};
  limits.memory_bytes = 4096;
  Write("large.py", std::string(5000, '#'));
  EXPECT_THAT(Messages("include('large.py')", limits), ElementsAre(HasSubstr("memory")));
}

TEST_F(InclusionsTest, EachReadingHasItsWay) {
  Write("twice.py", "zone = [\n  A('a.test', '192.0.2.1') for i in [1 // n]]\n");
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("main.py",
                                   "n = 1\ninclude('twice.py')\nfirst = zone\ninclude('twice.py')\n"
                                   "zone = first + zone\nn = 0\ninclude('twice.py')\n");
  IncludeFiles includes({top_});
  const std::map<std::string, std::string> defines;
  const PyzoneInput input = {.sources = &sources, .file = file, .includes = &includes, .defines = &defines};
  ParsePyzone(input, &diagnostics);
  ASSERT_EQ(diagnostics.Sorted(9).size(), 1u);
  const Position wrong = diagnostics.Sorted(9)[0]->position;
  EXPECT_EQ(sources.Locate(wrong).line, 2u);
  EXPECT_EQ(sources.entrance(wrong.file).by, EnteredBy::kInclude);
  EXPECT_EQ(sources.Locate(sources.entrance(wrong.file).from).line, 7u);
  EXPECT_EQ(sources.texts().size(), 2u) << "read once";
}

}  // namespace
}  // namespace strata::zonec::pyzone
