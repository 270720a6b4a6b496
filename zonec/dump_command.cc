// SPDX-License-Identifier: Apache-2.0
#include "zonec/dump_command.h"

#include <iostream>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "zonec/command.h"
#include "zonec/dump.h"
#include "zonec/input_file.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {
namespace {

absl::Status Named(const std::string& file, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(file, ": ", status.message()));
}

absl::Status TryDump(const DumpCommand& command) {
  STRATA_ASSIGN_OR_RETURN(const std::string octets, ReadInput(command.snapshot));
  const absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(octets);
  if (!reader.ok()) return Named(command.snapshot, reader.status());
  const absl::Status whole = reader->Verify();
  if (!whole.ok()) return Named(command.snapshot, whole);
  const auto print = [](absl::string_view piece) {
    std::cout.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    return std::cout.good();
  };
  if (command.json) {
    DumpJson(*reader, print);
  } else {
    DumpMasterFile(*reader, print);
  }
  std::cout.flush();
  return std::cout ? absl::OkStatus() : absl::UnavailableError("cannot write to standard output");
}

}  // namespace

int RunDump(const DumpCommand& command) {
  const absl::Status status = TryDump(command);
  if (status.ok()) return kExitFine;
  std::cerr << "zonec: " << status.message() << "\n";
  return kExitFailed;
}

}  // namespace strata::zonec
