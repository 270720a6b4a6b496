// SPDX-License-Identifier: Apache-2.0
#include "zonec/compile_command.h"

#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "zonec/colour_choice.h"
#include "zonec/command.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/input_file.h"
#include "zonec/output_file.h"
#include "zonec/progress/phase_times.h"
#include "zonec/progress/progress_bar.h"
#include "zonec/sources.h"

namespace strata::zonec {
namespace {

constexpr size_t kMaxShown = 100;

// The error is one of usage.
absl::Status CheckUsage(const CompileCommand& command) {
  if (command.diagnostics != "text" && command.diagnostics != "json") {
    return absl::InvalidArgumentError(absl::StrCat("--diagnostics=", command.diagnostics, " is none of text, json"));
  }
  if (command.output && (command.output->empty() || *command.output == "-")) {
    return absl::InvalidArgumentError("a snapshot is written to a file: -o OUT.snap");
  }
  return CheckArguments(command);
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

// For --stats: what the zone is made of, and where the time went.
std::string Stats(const CompileResult& result, size_t text_size, const PhaseTimes& times) {
  std::string out;
  if (result.ok()) {
    absl::StrAppend(&out, Count(result.name_count, "name"), ", ", Count(result.rrset_count, "RRset"), ", ",
                    Count(result.record_count, "record"), "\n", text_size, " octets of text, ", result.snapshot.size(),
                    " octets of snapshot\n");
  }
  return absl::StrCat(out, times.ToText());
}

void Print(const CompileCommand& command, const Colours& colours, CompileResult* result) {
  if (command.diagnostics == "json") {
    std::cout << DiagnosticsToJson(result->diagnostics, &result->sources, Diagnostics::kMaxKept) << std::flush;
  } else {
    std::cerr << DiagnosticsToText(result->diagnostics, &result->sources, kMaxShown, colours)
              << Summary(command, *result) << "\n";
  }
}

// Who writes -o ZONE by mistake shall not lose the zone, nor a file that it includes.
absl::Status CheckOutput(const std::string& output, const Sources& sources) {
  for (const FileId text : sources.texts()) {
    std::error_code unknown;  // what cannot be looked at is not the file that was read
    if (std::filesystem::equivalent(output, sources.name(text), unknown)) {
      return absl::InvalidArgumentError(
          absl::StrCat("-o ", output, ": the snapshot would replace a text that it is made of; name another file"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int> TryCompile(const CompileCommand& command) {
  STRATA_RETURN_IF_ERROR(CheckUsage(command));
  STRATA_ASSIGN_OR_RETURN(const Colours colours, ChooseColours(command.color, Screen::OfStandardError()));
  STRATA_ASSIGN_OR_RETURN(const bool shows_progress, ShowsProgress(command.progress, Screen::OfStandardError()));
  ProgressBar bar(&std::cerr);
  NoProgress nobody;
  PhaseTimes times(shows_progress ? static_cast<Progress*>(&bar) : &nobody);
  times.Begin(Phase::kRead);
  STRATA_ASSIGN_OR_RETURN(std::string text, ReadInput(command.input));
  const size_t text_size = text.size();
  STRATA_ASSIGN_OR_RETURN(CompileResult result, CompileInput(command, std::move(text), &times));
  // First the snapshot: nobody shall read that a zone is fine when it could not be written.
  if (result.ok() && command.output) {
    times.Begin(Phase::kWrite);
    STRATA_RETURN_IF_ERROR(CheckOutput(*command.output, result.sources));
    STRATA_RETURN_IF_ERROR(ReplaceFile(*command.output, result.snapshot));
  }
  times.End();
  bar.Clear();
  Print(command, colours, &result);
  if (command.stats) std::cerr << Stats(result, text_size, times);
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
