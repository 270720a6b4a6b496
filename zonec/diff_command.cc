// SPDX-License-Identifier: Apache-2.0
#include "zonec/diff_command.h"

#include <iostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "dns/record.h"
#include "zonec/command.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/diff.h"
#include "zonec/dump.h"
#include "zonec/input_file.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

constexpr int kExitSame = kExitFine;
constexpr int kExitDifferent = 1;
constexpr size_t kMaxShown = 100;

// The octets of the snapshot that the input is or compiles to; its warnings and errors are printed.
absl::StatusOr<std::string> ReadZone(const ZoneArguments& arguments) {
  STRATA_RETURN_IF_ERROR(CheckArguments(arguments));
  STRATA_ASSIGN_OR_RETURN(std::string octets, ReadInput(arguments.input));
  if (snapshot::IsSnapshot(octets)) return octets;
  STRATA_ASSIGN_OR_RETURN(CompileResult result, CompileInput(arguments, std::move(octets)));
  std::cerr << DiagnosticsToText(result.diagnostics, &result.sources, kMaxShown);
  if (!result.ok()) return absl::InvalidArgumentError(absl::StrCat(InputName(arguments), " has errors"));
  return std::move(result.snapshot);
}

absl::StatusOr<snapshot::SnapshotReader> Open(const ZoneArguments& arguments, absl::string_view octets) {
  absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(octets);
  const absl::Status status = reader.ok() ? reader->Verify() : reader.status();
  if (status.ok()) return reader;
  return absl::Status(status.code(), absl::StrCat(InputName(arguments), ": ", status.message()));
}

void AppendLine(char sign, const std::optional<dns::Record>& record, std::string* out) {
  if (record) absl::StrAppend(out, absl::string_view(&sign, 1), dns::RecordToText(*record), "\n");
}

std::string TextOf(const RecordChange& change) {
  std::string out;
  AppendLine('-', change.before, &out);
  AppendLine('+', change.after, &out);
  return out;
}

std::string JsonOf(const RecordChange& change) {
  const absl::string_view kind = !change.before ? "added" : !change.after ? "removed" : "changed";
  std::string out = absl::StrCat("{\"change\":\"", kind, "\"");
  if (change.before) {
    out += ",\"before\":";
    AppendRecordJson(*change.before, &out);
  }
  if (change.after) {
    out += ",\"after\":";
    AppendRecordJson(*change.after, &out);
  }
  return out + "}\n";
}

// "example.: 2 added, 1 removed, 1 changed; serial 1, then 2"
std::string Summary(const snapshot::SnapshotReader& before, const snapshot::SnapshotReader& after,
                    const DiffCounts& counts) {
  std::string out = absl::StrCat(dns::WireNameToText(before.origin()), ": ");
  if (counts.same()) {
    absl::StrAppend(&out, "no difference");
  } else {
    absl::StrAppend(&out, counts.added, " added, ", counts.removed, " removed, ", counts.changed, " changed");
  }
  absl::StrAppend(&out, "; serial ", before.serial());
  if (before.serial() != after.serial()) absl::StrAppend(&out, ", then ", after.serial());
  return out;
}

absl::StatusOr<int> TryDiff(const DiffCommand& command) {
  if (command.before.input == "-" && command.after.input == "-") {
    return absl::InvalidArgumentError("only one of the two zones can be read from standard input");
  }
  STRATA_ASSIGN_OR_RETURN(const std::string old_octets, ReadZone(command.before));
  STRATA_ASSIGN_OR_RETURN(const std::string new_octets, ReadZone(command.after));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader before, Open(command.before, old_octets));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader after, Open(command.after, new_octets));
  const auto print = [&](const RecordChange& change) { std::cout << (command.json ? JsonOf(change) : TextOf(change)); };
  STRATA_ASSIGN_OR_RETURN(const DiffCounts counts,
                          DiffZones(before, after, {.ignore_serial = command.ignore_serial}, print));
  std::cout.flush();
  if (!std::cout) return absl::UnavailableError("cannot write to standard output");
  std::cerr << Summary(before, after, counts) << "\n";
  return counts.same() ? kExitSame : kExitDifferent;
}

}  // namespace

int RunDiff(const DiffCommand& command) {
  const absl::StatusOr<int> exit_status = TryDiff(command);
  if (exit_status.ok()) return *exit_status;
  std::cerr << "zonec: " << exit_status.status().message() << "\n";
  return kExitFailed;
}

}  // namespace strata::zonec
