// SPDX-License-Identifier: Apache-2.0
#include "zonec/compile_command.h"

#include <filesystem>
#include <iostream>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "zonec/colour_choice.h"
#include "zonec/command.h"
#include "zonec/compile.h"
#include "zonec/define_flag.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/format.h"
#include "zonec/input_file.h"
#include "zonec/output_file.h"

namespace strata::zonec {
namespace {

constexpr size_t kMaxShown = 100;

// The options as the library takes them; the error is one of usage.
absl::StatusOr<CompileOptions> Options(const CompileCommand& command) {
  CompileOptions options;
  if (command.format) {
    options.format = FormatFromText(*command.format);
    if (!options.format) {
      return absl::InvalidArgumentError(absl::StrCat("--format=", *command.format, " is none of bind, pyzone"));
    }
  }
  if (command.diagnostics != "text" && command.diagnostics != "json") {
    return absl::InvalidArgumentError(absl::StrCat("--diagnostics=", command.diagnostics, " is none of text, json"));
  }
  if (command.output && (command.output->empty() || *command.output == "-")) {
    return absl::InvalidArgumentError("a snapshot is written to a file: -o OUT.snap");
  }
  options.strict = command.strict;
  STRATA_ASSIGN_OR_RETURN(options.defines, ParseDefines(command.defines));
  if (command.origin) {
    const absl::StatusOr<dns::Name> origin = dns::Name::FromText(*command.origin);
    if (!origin.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--origin=", *command.origin, " is not a name: ", origin.status().message()));
    }
    options.origin = *origin;
  }
  options.include_roots = command.include_roots;
  if (options.include_roots.empty()) {
    const std::filesystem::path folder = std::filesystem::path(command.input).parent_path();
    options.include_roots.push_back(folder.empty() ? "." : folder.string());
  }
  return options;
}

std::string Count(size_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

// "example.: serial 1, 7 records, 2 warnings"
std::string Summary(const CompileCommand& command, const CompileResult& result) {
  std::string out = result.ok() ? absl::StrCat(result.origin.ToText(), ": serial ", result.serial, ", ",
                                               Count(result.record_count, "record"))
                                : absl::StrCat(command.input, ": ", Count(result.diagnostics.error_count(), "error"));
  const size_t warnings = result.diagnostics.warning_count();
  if (warnings > 0) absl::StrAppend(&out, ", ", Count(warnings, "warning"));
  return out;
}

void Print(const CompileCommand& command, const Colours& colours, CompileResult* result) {
  if (command.diagnostics == "json") {
    std::cout << DiagnosticsToJson(result->diagnostics, &result->sources, Diagnostics::kMaxKept) << std::flush;
  } else {
    std::cerr << DiagnosticsToText(result->diagnostics, &result->sources, kMaxShown, colours)
              << Summary(command, *result) << "\n";
  }
}

absl::StatusOr<int> TryCompile(const CompileCommand& command) {
  STRATA_ASSIGN_OR_RETURN(CompileOptions options, Options(command));
  STRATA_ASSIGN_OR_RETURN(const Colours colours, ChooseColours(command.color, Screen::OfStandardError()));
  STRATA_ASSIGN_OR_RETURN(std::string text, ReadInput(command.input));
  const std::string name = command.input == "-" ? "<stdin>" : command.input;
  if (!options.format) options.format = DetectFormat(name, text);
  if (command.input == "-" && !options.origin && options.format == Format::kBind) {
    return absl::InvalidArgumentError("standard input needs --origin=NAME");
  }
  if (!options.defines.empty() && options.format == Format::kBind) {
    return absl::InvalidArgumentError(absl::StrCat("--define=", command.defines[0], ": ", name,
                                                   " is a master file, which takes no values; pyzones do"));
  }
  CompileResult result = Compile(name, std::move(text), options);
  // First the snapshot: nobody shall read that a zone is fine when it could not be written.
  if (result.ok() && command.output) STRATA_RETURN_IF_ERROR(ReplaceFile(*command.output, result.snapshot));
  Print(command, colours, &result);
  if (!std::cout) return absl::UnavailableError("cannot write to standard output");
  return result.ok() ? kExitFine : kExitZoneErrors;
}

}  // namespace

int RunCompile(const CompileCommand& command) {
  const absl::StatusOr<int> exit_status = TryCompile(command);
  if (exit_status.ok()) return *exit_status;
  std::cerr << "zonec: " << exit_status.status().message() << "\n";
  return kExitFailed;
}

}  // namespace strata::zonec
