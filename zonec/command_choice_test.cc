// SPDX-License-Identifier: Apache-2.0
#include "zonec/command_choice.h"

#include "absl/flags/reflection.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CommandChoiceTest : public ::testing::Test {
 protected:
  template <typename T>
  T Choose(const std::vector<std::string>& args) {
    const absl::FlagSaver saver;
    const absl::StatusOr<CommandChoice> choice = ChooseCommand(args);
    EXPECT_TRUE(choice.ok()) << choice.status();
    if (!choice.ok() || !std::holds_alternative<T>(*choice)) {
      ADD_FAILURE() << "another command";
      return T();
    }
    return std::get<T>(*choice);
  }
  std::string Error(const std::vector<std::string>& args) {
    const absl::FlagSaver saver;
    return std::string(ChooseCommand(args).status().message());
  }
};

TEST_F(CommandChoiceTest, Compile) {
  const auto plain = Choose<CompileCommand>({"compile", "-o", "a.snap", "a.zone"});
  EXPECT_EQ(plain.input, "a.zone");
  EXPECT_EQ(plain.output, "a.snap");
  EXPECT_EQ(plain.origin, std::nullopt);
  EXPECT_FALSE(plain.format.has_value());
  EXPECT_EQ(plain.diagnostics, "text");
  EXPECT_FALSE(plain.strict);
  const auto full = Choose<CompileCommand>({"compile", "-", "--origin=x", "--strict", "--include-root=a",
                                            "--include_root", "b", "--diagnostics=json", "--output=a.snap"});
  EXPECT_EQ(full.input, "-");
  EXPECT_EQ(full.origin, "x");
  EXPECT_TRUE(full.strict);
  EXPECT_THAT(full.include_roots, ElementsAre("a", "b"));
  EXPECT_EQ(full.diagnostics, "json");
}

TEST_F(CommandChoiceTest, LevelsOfChecksAreLists) {
  const auto command =
      Choose<CompileCommand>({"check", "a.zone", "--error=a,b", "--error", "c", "--warn=d", "--ignore=e"});
  EXPECT_THAT(command.errors, ElementsAre("a", "b", "c"));
  EXPECT_THAT(command.warnings, ElementsAre("d"));
  EXPECT_THAT(command.ignored, ElementsAre("e"));
  EXPECT_THAT(Error({"diff", "a", "b", "--warn=d"}), HasSubstr("zonec diff takes no --warn"));
}

TEST_F(CommandChoiceTest, ChecksAreListed) {
  EXPECT_THAT(Choose<PrintCommand>({"checks"}).text, HasSubstr("\n  no-address "));
  EXPECT_THAT(Choose<PrintCommand>({"checks", "--json"}).text, HasSubstr("\"check\":\"no-address\""));
  EXPECT_THAT(Error({"checks", "a"}), HasSubstr("zonec checks takes nothing further (1 given)"));
}

TEST_F(CommandChoiceTest, CheckWritesNothing) {
  EXPECT_EQ(Choose<CompileCommand>({"check", "a.zone"}).output, std::nullopt);
  EXPECT_THAT(Error({"check", "a.zone", "-o", "x"}), HasSubstr("zonec check takes no --output"));
}

TEST_F(CommandChoiceTest, AnOriginMayBeGivenEmpty) {
  EXPECT_EQ(Choose<CompileCommand>({"check", "a.zone", "--origin="}).origin, "");  // for the command to refuse
}

TEST_F(CommandChoiceTest, Dump) {
  EXPECT_FALSE(Choose<DumpCommand>({"dump", "a.snap"}).json);
  EXPECT_TRUE(Choose<DumpCommand>({"--json", "dump", "a.snap"}).json);
  EXPECT_THAT(Error({"dump", "a.snap", "--strict"}), HasSubstr("zonec dump takes no --strict"));
}

TEST_F(CommandChoiceTest, Help) {
  EXPECT_THAT(Choose<PrintCommand>({"--help"}).text, HasSubstr("Usage: zonec COMMAND"));
  EXPECT_THAT(Choose<PrintCommand>({"compile", "--help"}).text, HasSubstr("Usage: zonec compile"));
  EXPECT_THAT(Choose<PrintCommand>({"dump", "-h", "--strict"}).text, HasSubstr("Usage: zonec dump"));
  EXPECT_THAT(Choose<PrintCommand>({"--version"}).text, testing::StartsWith("zonec "));
}

TEST_F(CommandChoiceTest, MistakesNameWhatIsAccepted) {
  EXPECT_EQ(Error({}), "no command (see zonec --help)");
  EXPECT_EQ(Error({"chek", "a"}),
            "unknown command \"chek\"; did you mean check? (the commands are compile, check, checks, dump, diff)");
  EXPECT_THAT(Error({"compile", "a.zone"}), HasSubstr("-o OUT.snap"));
  EXPECT_THAT(Error({"check"}), HasSubstr("takes a zone file, and one only (0 given)"));
  EXPECT_THAT(Error({"dump", "a", "b"}), HasSubstr("takes a snapshot, and one only (2 given)"));
  EXPECT_THAT(Error({"check", "--sctrict", "a"}), HasSubstr("did you mean --strict?"));
}

}  // namespace
}  // namespace strata::zonec
