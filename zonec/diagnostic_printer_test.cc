// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostic_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class DiagnosticPrinterTest : public ::testing::Test {
 protected:
  // A text with one error at `offset`, printed.
  std::string Print(std::string text, uint32_t offset, std::string message = "wrong") {
    Sources sources;
    Diagnostics diagnostics;
    diagnostics.Error({*sources.Add("a.zone", std::move(text)), offset}, "check", std::move(message));
    return DiagnosticsToText(diagnostics, &sources, 10);
  }
};

TEST_F(DiagnosticPrinterTest, PrintsPlaceMessageLineAndCaret) {
  EXPECT_EQ(Print("one\nwww IN A x\n", 13),
            "a.zone:2:10: error: wrong [check]\n"
            "www IN A x\n"
            "         ^\n");
}

TEST_F(DiagnosticPrinterTest, TheCaretKeepsTabsAndCountsCharacters) {
  EXPECT_EQ(Print("\tA\tx", 3), "a.zone:1:4: error: wrong [check]\n\tA\tx\n\t \t^\n");
  EXPECT_EQ(Print("\xc3\xbc\xe2\x82\xac x", 6), "a.zone:1:7: error: wrong [check]\n\xc3\xbc\xe2\x82\xac x\n   ^\n");
}

TEST_F(DiagnosticPrinterTest, TheCaretMayStandBehindTheLine) {
  EXPECT_EQ(Print("www A\r\n", 5), "a.zone:1:6: error: wrong [check]\nwww A\n     ^\n");
  EXPECT_EQ(Print("www A\r\n", 6), "a.zone:1:7: error: wrong [check]\nwww A\n     ^\n");
}

TEST_F(DiagnosticPrinterTest, LongLinesAreCutAroundTheCaret) {
  const std::string text = std::string(5000, 'a') + "X" + std::string(5000, 'b');
  EXPECT_EQ(Print(text, 5000),
            absl::StrCat("a.zone:1:5001: error: wrong [check]\n...", std::string(60, 'a'), "X", std::string(59, 'b'),
                         "...\n", std::string(63, ' '), "^", std::string(59, '~'), "\n"));
  EXPECT_EQ(Print(text, 0), absl::StrCat("a.zone:1:1: error: wrong [check]\n", std::string(120, 'a'), "...\n^",
                                         std::string(119, '~'), "\n"));
  EXPECT_THAT(Print(text, 10001), EndsWith(absl::StrCat(std::string(120, 'b'), "\n", std::string(123, ' '), "^\n")));
}

TEST_F(DiagnosticPrinterTest, ForeignOctetsCannotPlayTricksOnATerminal) {
  const std::string out = Print("\x1b[31m \xff \xc2\x9b x\n", 0, "bad \x1b[0m \x07");
  EXPECT_THAT(out, HasSubstr("?[31m ? ?? x\n"));
  EXPECT_THAT(out, HasSubstr("bad ?[0m ?"));
  EXPECT_THAT(out, Not(HasSubstr("\x1b")));
}

TEST_F(DiagnosticPrinterTest, NotesFollowTheirDiagnostic) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("a.zone", "one\ntwo\n");
  diagnostics.Warning({file, 4}, "dup", "again", {{{file, 0}, "the first one"}, {{file, 4}, "and here"}});
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 10),
            "a.zone:2:1: warning: again [dup]\ntwo\n^~~\n"
            "a.zone:1:1: note: the first one\none\n^~~\n"
            "a.zone:2:1: note: and here\ntwo\n^~~\n");
  EXPECT_EQ(DiagnosticsToJson(diagnostics, &sources, 10),
            R"({"severity":"warning","check":"dup","file":"a.zone","line":2,"column":1,"message":"again",)"
            R"("notes":[{"file":"a.zone","line":1,"column":1,"message":"the first one"},)"
            R"({"file":"a.zone","line":2,"column":1,"message":"and here"}]})"
            "\n");
}

TEST_F(DiagnosticPrinterTest, WhatIsMetAgainAndAgainIsShownOnce) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("a.zone", "x");
  for (int i = 0; i < 3; ++i) diagnostics.Error({file, 0}, "c", "e");
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 1), "a.zone:1:1: error: e (and 2 more like this) [c]\nx\n^\n");
  EXPECT_THAT(DiagnosticsToJson(diagnostics, &sources, 1), HasSubstr("\"message\":\"e\",\"more\":2}\n"));
}

TEST_F(DiagnosticPrinterTest, ColoursAreThoseOfClang) {
  Sources sources;
  Diagnostics diagnostics;
  diagnostics.Error({*sources.Add("a.zone", "bad\n"), 0}, "c", "e", {{{0, 0}, "n"}});
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 1, kTerminalColours),
            "\033[1ma.zone:1:1:\033[0m \033[1;31merror:\033[0m \033[1me\033[0m [c]\nbad\n\033[1;32m^~~\033[0m\n"
            "\033[1ma.zone:1:1:\033[0m \033[1;36mnote:\033[0m n\nbad\n\033[1;32m^~~\033[0m\n");
}

TEST_F(DiagnosticPrinterTest, TellsWhoIncludedTheFile) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId outer = *sources.Add("a.zone", "$INCLUDE b\n");
  const FileId middle = sources.Enter(*sources.Add("b", "x\n$INCLUDE c\n"), {EnteredBy::kInclude, {outer, 9}, ""});
  const FileId inner = sources.Enter(*sources.Add("c", "bad\n"), {EnteredBy::kInclude, {middle, 11}, ""});
  diagnostics.Error({inner, 0}, "x", "wrong");
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 10),
            "In file included from b:2:10:\n"
            "In file included from a.zone:1:10:\n"
            "c:1:1: error: wrong [x]\nbad\n^~~\n");
  EXPECT_EQ(DiagnosticsToJson(diagnostics, &sources, 10),
            R"({"severity":"error","check":"x","file":"c","line":1,"column":1,"message":"wrong","included_from":)"
            R"([{"file":"b","line":2,"column":10},{"file":"a.zone","line":1,"column":10}]})"
            "\n");
}

TEST_F(DiagnosticPrinterTest, TellsTheCallsThatLedToAPlace) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("a.py", "f()\ng()\nbad\n");
  const FileId in_g = sources.Enter(file, {EnteredBy::kCall, {file, 4}, "g"});
  const FileId in_f = sources.Enter(file, {EnteredBy::kCall, {in_g, 0}, "f"});
  diagnostics.Error({in_f, 8}, "x", "wrong", {{{in_g, 8}, "see here"}});
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 10),
            "a.py:3:1: error: wrong [x]\nbad\n^~~\n"
            "a.py:1:1: note: in this call of f()\nf()\n^\n"
            "a.py:2:1: note: in this call of g()\ng()\n^\n"
            "a.py:3:1: note: see here\nbad\n^~~\n"
            "a.py:2:1: note: in this call of g()\ng()\n^\n");
  EXPECT_EQ(
      DiagnosticsToJson(diagnostics, &sources, 10),
      R"({"severity":"error","check":"x","file":"a.py","line":3,"column":1,"message":"wrong","calls":)"
      R"([{"function":"f","file":"a.py","line":1,"column":1},{"function":"g","file":"a.py","line":2,"column":1}],)"
      R"("notes":[{"file":"a.py","line":3,"column":1,"message":"see here","calls":)"
      R"([{"function":"g","file":"a.py","line":2,"column":1}]}]})"
      "\n");
}

TEST_F(DiagnosticPrinterTest, WholeFilesHaveNoLine) {
  Sources sources;
  Diagnostics diagnostics;
  diagnostics.Error({*sources.Add("a.zone", "x")}, "soa-missing", "no SOA");
  EXPECT_EQ(DiagnosticsToText(diagnostics, &sources, 10), "a.zone: error: no SOA [soa-missing]\n");
  EXPECT_EQ(DiagnosticsToJson(diagnostics, &sources, 10),
            R"({"severity":"error","check":"soa-missing","file":"a.zone","message":"no SOA"})"
            "\n");
}

TEST_F(DiagnosticPrinterTest, TellsHowManyAreNotShown) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("a.zone", "x");
  for (int i = 0; i < 3; ++i) diagnostics.Error({file, 0}, "c", absl::StrCat("e", i));
  for (int i = 0; i < 2; ++i) diagnostics.Warning({file, 0}, "c", absl::StrCat("w", i));
  EXPECT_THAT(DiagnosticsToText(diagnostics, &sources, 2),
              EndsWith("1 more error not shown\n2 more warnings not shown\n"));
  EXPECT_THAT(DiagnosticsToJson(diagnostics, &sources, 2), EndsWith("{\"omitted_errors\":1,\"omitted_warnings\":2}\n"));
}

}  // namespace
}  // namespace strata::zonec
