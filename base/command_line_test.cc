// Tests of the command line as users type it: what is accepted, what is refused and with which words.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/command_line.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/time/time.h"
#include "base/flag_listing.h"
#include "base/repeated_flag.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

// A flag type of its own, as a binary may define it.
struct Colour {
  std::string name = "red";
};
bool AbslParseFlag(absl::string_view text, Colour* colour, std::string* error) {
  *error = "one of red, blue";
  colour->name = std::string(text);
  return text == "red" || text == "blue";
}
std::string AbslUnparseFlag(const Colour& colour) { return colour.name; }

ABSL_FLAG(std::string, state_dir, "/var/lib/strata", "where to keep `DIR`ectories of state");
ABSL_FLAG(std::vector<std::string>, listen, {"127.0.0.1:5300"}, "addresses to serve");
ABSL_FLAG(strata::base::RepeatedFlag, bindzone, {}, "zone `FILE`; may be repeated");
ABSL_FLAG(uint16_t, port, 53, "port to serve");
ABSL_FLAG(bool, recursive, false, "answer recursively");
ABSL_FLAG(bool, verbose, false, "log more");
ABSL_FLAG(bool, cache, true, "remember answers");
ABSL_FLAG(absl::Duration, drain, absl::Seconds(5), "time to finish in");
ABSL_FLAG(Colour, colour, Colour(), "a `COLOUR`");

namespace strata::base {
namespace {

using ::testing::ElementsAre;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CommandLineTest : public ::testing::Test {
 protected:
  absl::StatusOr<CommandLine> Parse(const std::vector<std::string>& args) { return ParseCommandLine(args, spec_); }

  std::string Error(const std::vector<std::string>& args) {
    const auto line = Parse(args);
    return line.ok() ? "no error" : std::string(line.status().message());
  }

  absl::FlagSaver restore_flags_;
  CommandLineSpec spec_ = {.summary = "tests flags",
                           .arguments = "",
                           .short_options = {{'p', "port"}, {'r', "recursive"}, {'v', "verbose"}, {'i', "listen"}}};
};

TEST_F(CommandLineTest, AcceptsEveryFormOfALongFlag) {
  ASSERT_TRUE(Parse({"--state_dir=/a", "--port", "5353", "--recursive", "--nocache", "--drain=1.5s"}).ok());
  EXPECT_EQ(absl::GetFlag(FLAGS_state_dir), "/a");
  EXPECT_EQ(absl::GetFlag(FLAGS_port), 5353);
  EXPECT_TRUE(absl::GetFlag(FLAGS_recursive));
  EXPECT_FALSE(absl::GetFlag(FLAGS_cache));
  EXPECT_EQ(absl::GetFlag(FLAGS_drain), absl::Milliseconds(1500));
  ASSERT_TRUE(Parse({"--recursive=false", "--state_dir="}).ok());
  EXPECT_FALSE(absl::GetFlag(FLAGS_recursive));
  EXPECT_EQ(absl::GetFlag(FLAGS_state_dir), "");
}

TEST_F(CommandLineTest, DashesStandForUnderscoresInNamesOnly) {
  ASSERT_TRUE(Parse({"--state-dir=/a-b", "--no-cache"}).ok());
  EXPECT_EQ(absl::GetFlag(FLAGS_state_dir), "/a-b");
  EXPECT_FALSE(absl::GetFlag(FLAGS_cache));
}

TEST_F(CommandLineTest, ShortOptionsStandForFlags) {
  ASSERT_TRUE(Parse({"-rv", "-p", "5353", "-i127.0.0.2:53"}).ok());
  EXPECT_TRUE(absl::GetFlag(FLAGS_recursive));
  EXPECT_TRUE(absl::GetFlag(FLAGS_verbose));
  EXPECT_EQ(absl::GetFlag(FLAGS_port), 5353);
  EXPECT_THAT(absl::GetFlag(FLAGS_listen), ElementsAre("127.0.0.2:53"));
  ASSERT_TRUE(Parse({"-rp54"}).ok());
  EXPECT_EQ(absl::GetFlag(FLAGS_port), 54);
}

TEST_F(CommandLineTest, ListsCollectTheirOccurrencesAndOtherFlagsKeepTheLast) {
  ASSERT_TRUE(Parse({"--listen=a,b", "--port=1", "--bindzone=x,y", "--listen", "c", "--bindzone=z", "--port=2"}).ok());
  EXPECT_THAT(absl::GetFlag(FLAGS_listen), ElementsAre("a", "b", "c"));  // the default is replaced
  EXPECT_THAT(absl::GetFlag(FLAGS_bindzone).values, ElementsAre("x,y", "z"));
  EXPECT_EQ(absl::GetFlag(FLAGS_port), 2);
}

TEST_F(CommandLineTest, KnowsWhichFlagsWereGiven) {
  const auto line = Parse({"--port=53", "-r", "--no-cache"});
  ASSERT_TRUE(line.ok());
  EXPECT_TRUE(line->WasGiven("port"));  // though it is the default
  EXPECT_TRUE(line->WasGiven("recursive"));
  EXPECT_TRUE(line->WasGiven("cache"));
  EXPECT_FALSE(line->WasGiven("listen"));
  EXPECT_DEATH(line->WasGiven("lisen"), "no flag --lisen");
}

TEST_F(CommandLineTest, UnknownFlagsNameTheNearest) {
  EXPECT_EQ(Error({"--lisen=x"}), "unknown flag --lisen; did you mean --listen? (see --help)");
  EXPECT_EQ(Error({"--vesrion"}), "unknown flag --vesrion; did you mean --version? (see --help)");
  EXPECT_EQ(Error({"--frobnicate"}), "unknown flag --frobnicate (see --help)");
  EXPECT_EQ(Error({"--noport"}), "unknown flag --noport; did you mean --port? (see --help)");
  EXPECT_EQ(Error({"-x"}), "unknown option -x (see --help)");
  EXPECT_EQ(Error({"-state-dir=/a"}), "unknown option -state-dir=/a; did you mean --state-dir=/a? (see --help)");
}

TEST_F(CommandLineTest, BadValuesNameTheFlagAndWhatIsAccepted) {
  EXPECT_EQ(Error({"--port=70000"}), "flag --port: \"70000\" is not accepted; expected an integer from 0 to 65535");
  EXPECT_EQ(Error({"-p", "x"}), "flag --port: \"x\" is not accepted; expected an integer from 0 to 65535");
  EXPECT_EQ(Error({"--recursive=maybe"}), "flag --recursive: \"maybe\" is not accepted; expected true or false");
  EXPECT_EQ(Error({"--drain=5"}),
            "flag --drain: \"5\" is not accepted; expected a duration with its unit, such as 500ms, 1.5s or 2m");
  EXPECT_EQ(Error({"--colour=green"}), "flag --colour: \"green\" is not accepted; expected one of red, blue");
}

TEST_F(CommandLineTest, MissingValuesAreNotTakenFromTheNextFlag) {
  EXPECT_EQ(Error({"--port"}), "flag --port needs a value: an integer from 0 to 65535 (see --help)");
  EXPECT_EQ(Error({"--state_dir", "--verbose"}), "flag --state_dir needs a value (see --help)");
  EXPECT_EQ(Error({"-p"}), "flag -p needs a value: an integer from 0 to 65535 (see --help)");
}

TEST_F(CommandLineTest, PositionalArgumentsAreAnErrorUnlessAccepted) {
  EXPECT_THAT(Error({"example.zone"}), HasSubstr("unexpected argument \"example.zone\""));
  EXPECT_THAT(Error({"--recursive", "false"}), HasSubstr("unexpected argument \"false\""));
  spec_.arguments = "COMMAND FILE…";
  const auto line = Parse({"check", "--verbose", "a", "-", "--", "--port=1"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(line->arguments(), ElementsAre("check", "a", "-", "--port=1"));
  EXPECT_FALSE(line->WasGiven("port"));
}

TEST_F(CommandLineTest, AnEmptyCommandLineIsFine) {
  const auto line = Parse({});
  ASSERT_TRUE(line.ok());
  EXPECT_THAT(line->arguments(), IsEmpty());
  EXPECT_FALSE(line->help_requested());
}

TEST_F(CommandLineTest, UsageListsThisBinarysFlagsWithValuesAndDefaults) {
  const std::string usage = UsageText("tester", spec_);
  EXPECT_THAT(usage, HasSubstr("Usage: tester [FLAGS]\n\ntests flags\n\nFlags:\n"));
  EXPECT_THAT(usage, HasSubstr("--bindzone=FILE"));
  EXPECT_THAT(usage, HasSubstr("-p, --port=N"));
  EXPECT_THAT(usage, HasSubstr("port to serve (default: 53)"));
  EXPECT_THAT(usage, HasSubstr("--cache"));
  EXPECT_THAT(usage, HasSubstr("remember answers (default: true)"));
  EXPECT_THAT(usage, HasSubstr("answer recursively\n"));  // off is no news
  EXPECT_THAT(usage, HasSubstr("--drain=DURATION"));
  EXPECT_THAT(usage, HasSubstr("--help"));
  EXPECT_THAT(usage, Not(HasSubstr("flagfile")));
  EXPECT_THAT(usage, Not(HasSubstr("`")));
}

using CommandLineDeathTest = CommandLineTest;

TEST_F(CommandLineDeathTest, HelpAndVersionExitZeroAndMistakesExitTwo) {
  const auto run = [](std::string arg) {
    std::string program = "/usr/bin/tester";
    char* argv[] = {program.data(), arg.data(), nullptr};
    ParseCommandLineOrExit(2, argv, {.summary = "tests", .arguments = "", .short_options = {}});
  };
  EXPECT_EXIT(run("--help"), ExitedWithCode(0), "");
  EXPECT_EXIT(run("-h"), ExitedWithCode(0), "");
  EXPECT_EXIT(run("--version"), ExitedWithCode(0), "");
  EXPECT_EXIT(run("--prot"), ExitedWithCode(2), "^tester: unknown flag --prot; did you mean --port\\?");
  EXPECT_EXIT(run("stray"), ExitedWithCode(2), "unexpected argument");
}

}  // namespace
}  // namespace strata::base
