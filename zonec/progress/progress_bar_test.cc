// SPDX-License-Identifier: Apache-2.0
#include "zonec/progress/progress_bar.h"

#include <sstream>

#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(ProgressBar, DrawsNothingOfWhatIsQuick) {
  std::ostringstream screen;
  double now = 10;
  ProgressBar bar(
      &screen, [&] { return now; }, 80);
  bar.Begin(Phase::kParse);
  now = 10.4;
  bar.Advance(1, 2);
  bar.Clear();
  EXPECT_EQ(screen.str(), "");
}

TEST(ProgressBar, DrawsNowAndThenAndWipesItAway) {
  std::ostringstream screen;
  double now = 10;
  {
    ProgressBar bar(
        &screen, [&] { return now; }, 80);
    now = 11;
    bar.Begin(Phase::kParse);
    bar.Advance(1, 100);  // too soon
    now = 11.2;
    bar.Advance(1, 2);
    EXPECT_EQ(screen.str(), "\r\x1b[Kparsing …\r\x1b[Kparsing [################................] 50%");
    screen.str("");
    now = 12;
    bar.Advance(7, 7);
    EXPECT_EQ(screen.str(), "\r\x1b[Kparsing [################################] 100%");
    screen.str("");
  }
  EXPECT_EQ(screen.str(), "\r\x1b[K");
}

TEST(ProgressBar, FitsTheTerminal) {
  std::ostringstream screen;
  double now = 0;
  for (const size_t columns : {0, 20, 21, 30}) {
    ProgressBar bar(
        &screen, [&] { return now += 1; }, columns);
    screen.str("");
    bar.Advance(1, 1);
    EXPECT_EQ(screen.str(), columns < 21   ? "\r\x1b[K100%"
                            : columns < 30 ? "\r\x1b[Kreading [####] 100%"
                                           : "\r\x1b[Kreading [#############] 100%");
  }
}

TEST(ProgressBar, TakesAnyNumbers) {
  std::ostringstream screen;
  double now = 0;
  ProgressBar bar(
      &screen, [&] { return now += 1; }, 80);
  bar.Advance(0, 0);
  bar.Advance(5, 3);
  EXPECT_EQ(screen.str().find("200%"), std::string::npos);
}

TEST(ShowsProgress, OnTerminals) {
  EXPECT_TRUE(*ShowsProgress("auto", {true, "xterm", "1"}));
  EXPECT_FALSE(*ShowsProgress("auto", {true, "dumb", ""}));
  EXPECT_FALSE(*ShowsProgress("auto", {false, "xterm", ""}));
  EXPECT_TRUE(*ShowsProgress("always", {false, "", ""}));
  EXPECT_FALSE(*ShowsProgress("never", {true, "xterm", ""}));
  EXPECT_EQ(ShowsProgress("si", {}).status().message(), "--progress=si is none of auto, always, never");
}

}  // namespace
}  // namespace strata::zonec
