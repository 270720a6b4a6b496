// SPDX-License-Identifier: Apache-2.0
#include "control/command_run.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::control {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(CommandRunTest, WhatIsWrongIsSaid) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "no command"},
      {{"statsu"}, "did you mean status?"},
      {{"zone"}, "zone list, zone push or zone rollback?"},
      {{"zone", "pussh"}, "did you mean push?"},
      {{"zone", "push"}, "FILE.snap"},
      {{"zone", "rollback"}, "one zone"},
      {{"zone", "list", "a", "b"}, "one zone, or none"},
      {{"zone", "list", "--to=12"}, "--to goes with"},
      {{"zone", "list", "--zone=a"}, "--zone goes with"},
      {{"status", "--output=xml"}, "table or json"},
      {{"completion", "tcsh"}, "bash, zsh and fish"},
      {{"status", "--att=x"}, "--at"},
  };
  for (const auto& [args, what] : cases) {
    const CommandResult result = RunCommand(args);
    EXPECT_EQ(result.exit_code, 2) << what;
    EXPECT_THAT(result.err, HasSubstr(what));
    EXPECT_EQ(result.out, "");
    RunCommand({"--output=table", "--help"});  // flags are the process's
  }
}

TEST(CommandRunTest, HelpVersionAndCompletion) {
  EXPECT_THAT(RunCommand({"--help"}).out, StartsWith("Usage: stratactl"));
  EXPECT_THAT(RunCommand({"--version"}).out, StartsWith("stratactl "));
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const CommandResult result = RunCommand({"completion", shell});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("rollback")) << shell;
  }
}

TEST(CommandRunTest, WhoCannotBeReachedIsExitTwo) {
  const CommandResult result = RunCommand({"--at=unix:/nowhere/at.sock", "zone", "list"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, StartsWith("stratactl: unix:/nowhere/at.sock: "));
}

}  // namespace
}  // namespace strata::control
