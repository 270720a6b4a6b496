// Any text compiles or is refused; what a zone's snapshot is printed as compiles to the same snapshot.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/dump.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace snapshot = strata::snapshot;
namespace zonec = strata::zonec;

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  zonec::CompileResult result = zonec::Compile("fuzz.zone", std::move(text), {});
  zonec::DiagnosticsToText(result.diagnostics, &result.sources, 100);
  zonec::DiagnosticsToJson(result.diagnostics, &result.sources, 100);
  if (!result.ok()) return 0;
  const auto snapshot = snapshot::SnapshotReader::Open(result.snapshot);
  Require(snapshot.ok() && snapshot->Verify().ok());
  std::string dump;
  zonec::DumpMasterFile(*snapshot, [&](absl::string_view piece) {
    absl::StrAppend(&dump, piece);
    return true;
  });
  zonec::CompileOptions options;
  options.origin = result.origin;
  Require(zonec::Compile("dump", std::move(dump), options).snapshot == result.snapshot);
  return 0;
}
