// Abseil flags as Strata's binaries read them from the command line. What Abseil's own parser does otherwise:
// `-` is accepted for `_` in names, `--help` exits 0 and lists this binary's flags, an unknown flag exits 2 and
// names the nearest known one, list flags may be repeated, and short options map to flags.
//
//   ABSL_FLAG(std::vector<std::string>, listen, {"127.0.0.1:53"}, "UDP and TCP `ADDRESS`,… to serve");
//
//   int main(int argc, char** argv) {
//     const auto line = strata::base::ParseCommandLineOrExit(argc, argv, {.summary = "answers DNS clients"});
//     if (line.WasGiven("listen")) config.set_listen(…);  // flags override the configuration file
//
// A word in backquotes in a flag's help text is what the usage shows as its value. Long flags are `--name=value`,
// `--name value`, and for a bool `--name`, `--noname` or `--name=false`; short ones `-p 53`, `-p53`, `-vr`; `--`
// ends the flags. A std::vector<std::string> (split at commas) and a RepeatedFlag collect their occurrences; of
// other flags the last occurrence counts.
//
// The flags' values are process globals (that is how Abseil keeps them): parse in main() before starting
// threads, and hand the values to libraries as arguments.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_COMMAND_LINE_H_
#define STRATA_BASE_COMMAND_LINE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::base {

// The exit code of a process that was called wrongly.
inline constexpr int kExitUsage = 2;

struct ShortOption {
  char letter;             // 'p'
  absl::string_view flag;  // "port": a flag that exists
};

// What a binary says about itself and accepts beside its flags.
struct CommandLineSpec {
  absl::string_view summary;    // for --help; what the binary does, in a line or more
  absl::string_view arguments;  // the positional arguments, as the usage shows them ("COMMAND FILE…"); empty: none
  std::vector<ShortOption> short_options;
};

// A parsed command line; a value.
class CommandLine {
 public:
  // Whether the flag `name` (with `_`) stood on the command line, even with its default value.
  // REQUIRES: a flag of that name exists; the process ends otherwise.
  bool WasGiven(absl::string_view name) const;

  // Positional arguments in order.
  const std::vector<std::string>& arguments() const { return arguments_; }

  bool help_requested() const { return help_requested_; }
  bool version_requested() const { return version_requested_; }

 private:
  friend class CommandLineParser;

  std::set<std::string> given_;
  std::vector<std::string> arguments_;
  bool help_requested_ = false;
  bool version_requested_ = false;
};

// Parses `args` (without the program's name) and sets the flags. InvalidArgument says what is wrong and what is
// accepted; flags before the mistake may have been set by then.
absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& args, const CommandLineSpec& spec);

// The same for main(): --help and --version print to stdout and exit 0, a mistake prints to stderr and exits
// kExitUsage.
CommandLine ParseCommandLineOrExit(int argc, char** argv, const CommandLineSpec& spec);

}  // namespace strata::base

#endif  // STRATA_BASE_COMMAND_LINE_H_
