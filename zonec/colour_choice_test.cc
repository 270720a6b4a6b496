// SPDX-License-Identifier: Apache-2.0
#include "zonec/colour_choice.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

bool Coloured(absl::string_view when, const Screen& screen) { return !ChooseColours(when, screen)->end.empty(); }

TEST(ChooseColours, AutoMeansTerminalsThatCanAndMay) {
  EXPECT_TRUE(Coloured("auto", {true, "xterm", ""}));
  EXPECT_FALSE(Coloured("auto", {false, "xterm", ""}));
  EXPECT_FALSE(Coloured("auto", {true, "dumb", ""}));
  EXPECT_FALSE(Coloured("auto", {true, "xterm", "0"}));
}

TEST(ChooseColours, MayBeForced) {
  EXPECT_TRUE(Coloured("always", {false, "dumb", "1"}));
  EXPECT_FALSE(Coloured("never", {true, "xterm", ""}));
  EXPECT_FALSE(ChooseColours("sometimes", {}).ok());
}

}  // namespace
}  // namespace strata::zonec
