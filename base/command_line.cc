// A parser of command lines over Abseil's flag reflection.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/command_line.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "absl/flags/commandlineflag.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "base/flag_listing.h"
#include "base/nearest_name.h"
#include "base/repeated_flag.h"
#include "base/status_macros.h"
#include "base/version.h"

namespace strata::base {
namespace {

// How the occurrences of `flag` are joined into the one text that Abseil parses; nullopt if the last one counts.
std::optional<absl::string_view> OccurrenceSeparator(const absl::CommandLineFlag& flag) {
  if (flag.IsOfType<RepeatedFlag>()) return absl::string_view(&kRepeatedFlagSeparator, 1);
  if (flag.IsOfType<std::vector<std::string>>()) return ",";
  return std::nullopt;
}

// Abseil says which value of which flag is illegal, then, after a semicolon, what the flag's own parser said.
std::string OwnParserError(const std::string& error) {
  const size_t semicolon = error.find("; ");
  return semicolon == std::string::npos ? "another value (see --help)" : error.substr(semicolon + 2);
}

}  // namespace

// One parse: walks the arguments, collects what each flag is given, then sets the flags.
class CommandLineParser {
 public:
  CommandLineParser(const std::vector<std::string>& args, const CommandLineSpec& spec)
      : args_(args), spec_(spec), flags_(OwnFlags()) {}

  absl::StatusOr<CommandLine> Parse() {
    bool flags_ended = false;
    while (next_ < args_.size()) {
      const absl::string_view arg = args_[next_++];
      if (flags_ended || arg == "-" || !absl::StartsWith(arg, "-")) {
        STRATA_RETURN_IF_ERROR(TakePositional(arg));
      } else if (arg == "--") {
        flags_ended = true;
      } else if (absl::StartsWith(arg, "--")) {
        STRATA_RETURN_IF_ERROR(TakeLong(arg.substr(2)));
      } else {
        STRATA_RETURN_IF_ERROR(TakeShort(arg.substr(1)));
      }
    }
    for (const auto& [name, values] : occurrences_) STRATA_RETURN_IF_ERROR(SetFlag(name, values));
    return std::move(line_);
  }

 private:
  absl::Status TakePositional(absl::string_view arg) {
    if (spec_.arguments.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("unexpected argument \"", arg, "\": all options are flags of the form --name=value"));
    }
    line_.arguments_.emplace_back(arg);
    return absl::OkStatus();
  }

  // `text` is what follows the two dashes.
  absl::Status TakeLong(absl::string_view text) {
    const size_t equals = text.find('=');
    const std::string name = absl::StrReplaceAll(text.substr(0, equals), {{"-", "_"}});
    std::optional<std::string> value;
    if (equals != absl::string_view::npos) value = std::string(text.substr(equals + 1));

    if (flags_.count(name) == 0) {
      if (name == "help" || name == "version") {
        (name == "help" ? line_.help_requested_ : line_.version_requested_) = true;
        return absl::OkStatus();
      }
      if (const std::optional<std::string> negated = NegatedBool(name); negated && !value) {
        return TakeValue(*negated, "false");
      }
      return UnknownFlag(name);
    }
    if (value) return TakeValue(name, *value);
    if (flags_.at(name)->IsOfType<bool>()) return TakeValue(name, "true");
    return TakeNextArgument(name, absl::StrCat("--", name));
  }

  // `letters` is what follows the dash: switches, then at most one option, whose value is the rest or the next
  // argument.
  absl::Status TakeShort(absl::string_view letters) {
    for (size_t i = 0; i < letters.size(); ++i) {
      const std::optional<std::string> name = FlagOfLetter(letters[i]);
      if (!name) {
        if (letters == "h") {
          line_.help_requested_ = true;
          return absl::OkStatus();
        }
        return UnknownShort(letters, letters[i]);
      }
      if (flags_.at(*name)->IsOfType<bool>()) {
        STRATA_RETURN_IF_ERROR(TakeValue(*name, "true"));
        continue;
      }
      const absl::string_view rest = letters.substr(i + 1);
      if (!rest.empty()) return TakeValue(*name, rest);
      return TakeNextArgument(*name, absl::StrCat("-", letters.substr(i, 1)));
    }
    return absl::OkStatus();
  }

  absl::Status TakeNextArgument(const std::string& name, absl::string_view shown) {
    // What looks like a flag is one: `--listen --verbose` lacks an address.
    if (next_ == args_.size() || (args_[next_].size() > 1 && absl::StartsWith(args_[next_], "--"))) {
      const std::string accepted = AcceptedValues(*flags_.at(name));
      return absl::InvalidArgumentError(
          absl::StrCat("flag ", shown, " needs a value", accepted.empty() ? "" : ": ", accepted, " (see --help)"));
    }
    return TakeValue(name, args_[next_++]);
  }

  absl::Status TakeValue(const std::string& name, absl::string_view value) {
    line_.given_.insert(name);
    occurrences_[name].emplace_back(value);
    return absl::OkStatus();
  }

  absl::Status SetFlag(const std::string& name, const std::vector<std::string>& values) {
    absl::CommandLineFlag* flag = flags_.at(name);
    const std::optional<absl::string_view> separator = OccurrenceSeparator(*flag);
    const std::string text = separator ? absl::StrJoin(values, *separator) : values.back();
    std::string error;
    if (flag->ParseFrom(text, &error)) return absl::OkStatus();
    std::string accepted = AcceptedValues(*flag);
    if (accepted.empty()) accepted = OwnParserError(error);
    return absl::InvalidArgumentError(
        absl::StrCat("flag --", name, ": \"", absl::StrJoin(values, " "), "\" is not accepted; expected ", accepted));
  }

  // "nofoo" or "no_foo" → "foo" if that is a bool flag.
  std::optional<std::string> NegatedBool(absl::string_view name) const {
    if (!absl::ConsumePrefix(&name, "no")) return std::nullopt;
    absl::ConsumePrefix(&name, "_");
    const auto found = flags_.find(std::string(name));
    if (found == flags_.end() || !found->second->IsOfType<bool>()) return std::nullopt;
    return found->first;
  }

  std::optional<std::string> FlagOfLetter(char letter) const {
    for (const ShortOption& option : spec_.short_options) {
      if (option.letter == letter) return std::string(option.flag);
    }
    return std::nullopt;
  }

  absl::Status UnknownFlag(absl::string_view name) const {
    std::vector<std::string> known = {"help", "version"};
    for (const auto& [flag_name, flag] : flags_) known.push_back(flag_name);
    const std::string nearest = NearestName(name, known);
    return absl::InvalidArgumentError(
        nearest.empty() ? absl::StrCat("unknown flag --", name, " (see --help)")
                        : absl::StrCat("unknown flag --", name, "; did you mean --", nearest, "? (see --help)"));
  }

  absl::Status UnknownShort(absl::string_view letters, char letter) const {
    const std::string name = absl::StrReplaceAll(letters.substr(0, letters.find('=')), {{"-", "_"}});
    if (flags_.count(name) != 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown option -", letters, "; did you mean --", letters, "? (see --help)"));
    }
    return absl::InvalidArgumentError(absl::StrCat("unknown option -", std::string(1, letter), " (see --help)"));
  }

  const std::vector<std::string>& args_;
  const CommandLineSpec& spec_;
  const std::map<std::string, absl::CommandLineFlag*> flags_;
  size_t next_ = 0;
  std::map<std::string, std::vector<std::string>> occurrences_;
  CommandLine line_;
};

bool CommandLine::WasGiven(absl::string_view name) const {
  if (OwnFlags().count(std::string(name)) == 0) {
    std::fprintf(stderr, "WasGiven: this binary has no flag --%s\n", std::string(name).c_str());
    std::abort();
  }
  return given_.count(std::string(name)) != 0;
}

absl::StatusOr<CommandLine> ParseCommandLine(const std::vector<std::string>& args, const CommandLineSpec& spec) {
  return CommandLineParser(args, spec).Parse();
}

CommandLine ParseCommandLineOrExit(int argc, char** argv, const CommandLineSpec& spec) {
  std::string program = argc > 0 ? argv[0] : "";
  program.erase(0, program.rfind('/') + 1);
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  absl::StatusOr<CommandLine> line = ParseCommandLine(args, spec);
  if (!line.ok()) {
    std::fprintf(stderr, "%s: %s\n", program.c_str(), std::string(line.status().message()).c_str());
    std::exit(kExitUsage);
  }
  if (line->help_requested()) {
    std::fputs(UsageText(program, spec).c_str(), stdout);
    std::exit(EXIT_SUCCESS);
  }
  if (line->version_requested()) {
    std::printf("%s %s\n", program.c_str(), std::string(kVersion).c_str());
    std::exit(EXIT_SUCCESS);
  }
  return *std::move(line);
}

}  // namespace strata::base
