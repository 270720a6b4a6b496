// SPDX-License-Identifier: Apache-2.0
#include "zonec/command_choice.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/nearest_name.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "zonec/usage.h"

namespace strata::zonec {
namespace {

struct CommandRow {
  absl::string_view name;
  Command command;
  std::vector<absl::string_view> flags;
  absl::string_view operand;
  absl::string_view usage;
};

const std::vector<CommandRow>& CommandRows() {
  static const auto* const rows = new std::vector<CommandRow>{
      {"compile",
       Command::kCompile,
       {"output", "origin", "format", "diagnostics", "strict", "include_root"},
       "a zone file",
       kCompileUsage},
      {"check",
       Command::kCheck,
       {"origin", "format", "diagnostics", "strict", "include_root"},
       "a zone file",
       kCompileUsage},
      {"dump", Command::kDump, {"json"}, "a snapshot", kDumpUsage},
  };
  return *rows;
}

constexpr absl::string_view kFlags[] = {"output", "origin", "format", "diagnostics", "strict", "include_root", "json"};

absl::StatusOr<const CommandRow*> FindCommand(absl::string_view name) {
  std::vector<std::string> known;
  for (const CommandRow& row : CommandRows()) {
    if (row.name == name) return &row;
    known.emplace_back(row.name);
  }
  const std::string nearest = base::NearestName(name, known);
  return absl::InvalidArgumentError(absl::StrCat("unknown command \"", name, "\"",
                                                 nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?"),
                                                 " (the commands are compile, check, dump)"));
}

absl::Status CheckFlags(const base::CommandLine& line, const CommandRow& row) {
  for (const absl::string_view flag : kFlags) {
    if (!line.WasGiven(flag) || std::find(row.flags.begin(), row.flags.end(), flag) != row.flags.end()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("zonec ", row.name, " takes no --", flag, " (see zonec ", row.name, " --help)"));
  }
  const bool named = line.WasGiven("output");
  if (row.command == Command::kCompile && !named) {
    return absl::InvalidArgumentError("where is the snapshot to go? -o OUT.snap (or use zonec check)");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CommandChoice> ChooseCommand(const std::vector<std::string>& args) {
  CommandChoice choice;
  STRATA_ASSIGN_OR_RETURN(choice.line, base::ParseCommandLine(args, {.summary = "compiles zones",
                                                                     .arguments = "COMMAND FILE",
                                                                     .short_options = {{'o', "output"}}}));
  const std::vector<std::string>& arguments = choice.line.arguments();
  if (choice.line.version_requested()) {
    choice.print = absl::StrCat("zonec ", base::kVersion, "\n");
    return choice;
  }
  if (arguments.empty()) {
    if (!choice.line.help_requested()) return absl::InvalidArgumentError("no command (see zonec --help)");
    choice.print = std::string(kUsage);
    return choice;
  }
  STRATA_ASSIGN_OR_RETURN(const CommandRow* row, FindCommand(arguments[0]));
  choice.command = row->command;
  if (choice.line.help_requested()) {
    choice.print = std::string(row->usage);
    return choice;
  }
  STRATA_RETURN_IF_ERROR(CheckFlags(choice.line, *row));
  if (arguments.size() != 2) {
    return absl::InvalidArgumentError(absl::StrCat("zonec ", row->name, " takes ", row->operand, ", and one only (",
                                                   arguments.size() - 1, " given)"));
  }
  choice.file = arguments[1];
  return choice;
}

}  // namespace strata::zonec
