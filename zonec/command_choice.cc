// SPDX-License-Identifier: Apache-2.0
#include "zonec/command_choice.h"

#include <algorithm>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/command_line.h"
#include "base/nearest_name.h"
#include "base/repeated_flag.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "zonec/check_list.h"
#include "zonec/usage.h"

// What they mean is in usage.h, by command.
ABSL_FLAG(std::string, output, "", "`FILE` to write the snapshot to");
ABSL_FLAG(std::string, origin, "", "the zone's apex");
ABSL_FLAG(std::string, format, "", "language of the input: bind or pyzone");
ABSL_FLAG(std::string, diagnostics, "text", "text or json");
ABSL_FLAG(std::string, color, "auto", "auto, always or never");
ABSL_FLAG(std::string, progress, "auto", "auto, always or never");
ABSL_FLAG(bool, stats, false, "print counts and times");
ABSL_FLAG(bool, strict, false, "warnings are errors");
ABSL_FLAG(std::string, previous, "", "`SNAPSHOT` of the version before");
ABSL_FLAG(std::vector<std::string>, error, {}, "`CHECK`s that find errors");
ABSL_FLAG(std::vector<std::string>, warn, {}, "`CHECK`s that warn");
ABSL_FLAG(std::vector<std::string>, ignore, {}, "`CHECK`s that are ignored");
ABSL_FLAG(bool, verify_signatures, false, "verify the signatures of signed zones");
ABSL_FLAG(std::string, signature_time, "now", "when signatures have to be valid");
ABSL_FLAG(std::string, expiring_within, "3d", "time within which an expiry is worth a warning");
ABSL_FLAG(std::string, parent_ds, "", "`FILE` with the DS records of the parent");
ABSL_FLAG(strata::base::RepeatedFlag, include_root, {}, "`DIR` whose files may be included");
ABSL_FLAG(strata::base::RepeatedFlag, define, {}, "`NAME=VALUE` of a pyzone's variable");
ABSL_FLAG(bool, json, false, "print JSON");
ABSL_FLAG(bool, ignore_serial, false, "SOA records that differ in their serials only are the same");

namespace strata::zonec {
namespace {

constexpr absl::string_view kFlags[] = {"output",
                                        "origin",
                                        "format",
                                        "diagnostics",
                                        "color",
                                        "strict",
                                        "error",
                                        "warn",
                                        "ignore",
                                        "include_root",
                                        "define",
                                        "json",
                                        "progress",
                                        "stats",
                                        "ignore_serial",
                                        "previous",
                                        "verify_signatures",
                                        "signature_time",
                                        "expiring_within",
                                        "parent_ds"};

// What all commands that compile take; the input is argument `i`.
ZoneArguments ZoneOf(const base::CommandLine& line, size_t i) {
  ZoneArguments zone;
  zone.input = line.arguments()[i];
  if (line.WasGiven("origin")) zone.origin = absl::GetFlag(FLAGS_origin);
  if (line.WasGiven("format")) zone.format = absl::GetFlag(FLAGS_format);
  zone.strict = absl::GetFlag(FLAGS_strict);
  if (line.WasGiven("previous")) zone.previous = absl::GetFlag(FLAGS_previous);
  zone.errors = absl::GetFlag(FLAGS_error);
  zone.warnings = absl::GetFlag(FLAGS_warn);
  zone.ignored = absl::GetFlag(FLAGS_ignore);
  zone.verify_signatures = absl::GetFlag(FLAGS_verify_signatures);
  zone.signature_time = absl::GetFlag(FLAGS_signature_time);
  zone.expiring_within = absl::GetFlag(FLAGS_expiring_within);
  if (line.WasGiven("parent_ds")) zone.parent_ds = absl::GetFlag(FLAGS_parent_ds);
  zone.include_roots = absl::GetFlag(FLAGS_include_root).values;
  zone.defines = absl::GetFlag(FLAGS_define).values;
  return zone;
}

CompileCommand Check(const base::CommandLine& line) {
  CompileCommand command;
  static_cast<ZoneArguments&>(command) = ZoneOf(line, 1);
  command.diagnostics = absl::GetFlag(FLAGS_diagnostics);
  command.color = absl::GetFlag(FLAGS_color);
  command.progress = absl::GetFlag(FLAGS_progress);
  command.stats = absl::GetFlag(FLAGS_stats);
  return command;
}

absl::StatusOr<CommandChoice> ChooseCheck(const base::CommandLine& line) { return Check(line); }

absl::StatusOr<CommandChoice> ChooseCompile(const base::CommandLine& line) {
  if (!line.WasGiven("output")) {
    return absl::InvalidArgumentError("where is the snapshot to go? -o OUT.snap (or use zonec check)");
  }
  CompileCommand command = Check(line);
  command.output = absl::GetFlag(FLAGS_output);
  return command;
}

absl::StatusOr<CommandChoice> ChooseDump(const base::CommandLine& line) {
  return DumpCommand{.snapshot = line.arguments()[1], .json = absl::GetFlag(FLAGS_json)};
}

absl::StatusOr<CommandChoice> ChooseDiff(const base::CommandLine& line) {
  return DiffCommand{.before = ZoneOf(line, 1),
                     .after = ZoneOf(line, 2),
                     .json = absl::GetFlag(FLAGS_json),
                     .ignore_serial = absl::GetFlag(FLAGS_ignore_serial)};
}

absl::StatusOr<CommandChoice> ChooseChecks(const base::CommandLine&) {
  return PrintCommand{absl::GetFlag(FLAGS_json) ? ChecksAsJson() : ChecksAsText()};
}

struct CommandRow {
  absl::string_view name;
  size_t operand_count;
  absl::string_view operands;
  absl::string_view usage;
  std::vector<absl::string_view> flags;
  // REQUIRES: the operands are there, and no flag that is not in `flags`.
  absl::StatusOr<CommandChoice> (*choose)(const base::CommandLine& line);
};

const std::vector<CommandRow>& CommandRows() {
  static const auto* const rows = new std::vector<CommandRow>{
      {"compile",
       1,
       "a zone file, and one only",
       kCompileUsage,
       {"output", "origin", "format", "diagnostics", "color", "strict", "previous", "error", "warn", "ignore",
        "include_root", "define", "progress", "stats", "verify_signatures", "signature_time", "expiring_within",
        "parent_ds"},
       ChooseCompile},
      {"check",
       1,
       "a zone file, and one only",
       kCompileUsage,
       {"origin", "format", "diagnostics", "color", "strict", "previous", "error", "warn", "ignore", "include_root",
        "define", "progress", "stats", "verify_signatures", "signature_time", "expiring_within", "parent_ds"},
       ChooseCheck},
      {"dump", 1, "a snapshot, and one only", kDumpUsage, {"json"}, ChooseDump},
      {"checks", 0, "nothing further", kChecksUsage, {"json"}, ChooseChecks},
      {"diff",
       2,
       "two snapshots or zone files",
       kDiffUsage,
       {"json", "ignore_serial", "origin", "format", "include_root", "define"},
       ChooseDiff},
  };
  return *rows;
}

absl::StatusOr<const CommandRow*> FindCommand(absl::string_view name) {
  std::vector<std::string> known;
  for (const CommandRow& row : CommandRows()) {
    if (row.name == name) return &row;
    known.emplace_back(row.name);
  }
  const std::string nearest = base::NearestName(name, known);
  return absl::InvalidArgumentError(absl::StrCat("unknown command \"", name, "\"",
                                                 nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?"),
                                                 " (the commands are compile, check, checks, dump, diff)"));
}

absl::Status CheckFlags(const base::CommandLine& line, const CommandRow& row) {
  for (const absl::string_view flag : kFlags) {
    if (!line.WasGiven(flag) || std::find(row.flags.begin(), row.flags.end(), flag) != row.flags.end()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("zonec ", row.name, " takes no --", flag, " (see zonec ", row.name, " --help)"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CommandChoice> ChooseCommand(const std::vector<std::string>& args) {
  const base::CommandLineSpec spec = {
      .summary = "compiles zones", .arguments = "COMMAND FILE…", .short_options = {{'o', "output"}}};
  STRATA_ASSIGN_OR_RETURN(const base::CommandLine line, base::ParseCommandLine(args, spec));
  if (line.version_requested()) return PrintCommand{absl::StrCat("zonec ", base::kVersion, "\n")};
  if (line.arguments().empty()) {
    if (line.help_requested()) return PrintCommand{std::string(kUsage)};
    return absl::InvalidArgumentError("no command (see zonec --help)");
  }
  STRATA_ASSIGN_OR_RETURN(const CommandRow* row, FindCommand(line.arguments()[0]));
  if (line.help_requested()) return PrintCommand{std::string(row->usage)};
  STRATA_RETURN_IF_ERROR(CheckFlags(line, *row));
  const size_t operands = line.arguments().size() - 1;
  if (operands != row->operand_count) {
    return absl::InvalidArgumentError(
        absl::StrCat("zonec ", row->name, " takes ", row->operands, " (", operands, " given)"));
  }
  return row->choose(line);
}

}  // namespace strata::zonec
