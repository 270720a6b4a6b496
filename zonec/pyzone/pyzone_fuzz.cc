// Any text is a pyzone or is refused, at a place in the text, within small bounds of time, memory and stack.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "dns/rdata.h"
#include "dns/record.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/pyzone/pyzone.h"
#include "zonec/sources.h"

namespace zonec = strata::zonec;

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  zonec::pyzone::Limits limits;
  limits.steps = 5000;
  limits.memory_bytes = size_t{256} << 10;
  limits.value_size = size_t{4} << 10;
  limits.records = 100;
  zonec::Sources sources;
  zonec::Diagnostics diagnostics;
  const zonec::FileId file = *sources.Add("fuzz.py", std::string(reinterpret_cast<const char*>(data), size));
  zonec::IncludeFiles includes;
  const std::map<std::string, std::string> defines = {{"site", "fra"}};
  const zonec::ParsedZone parsed = zonec::ParsePyzone(
      {.sources = &sources, .file = file, .includes = &includes, .defines = &defines, .limits = limits}, &diagnostics);
  Require(parsed.zone.records().size() == parsed.positions.size());
  for (const auto& in_zone : parsed.zone.records()) {
    const strata::dns::Record record = parsed.zone.ToRecord(in_zone);
    Require(strata::dns::IsValidRdata(record.type, record.rdata));
    strata::dns::RecordToText(record);
  }
  for (const zonec::Position& position : parsed.positions) Require(position.offset < size);
  for (const zonec::Diagnostic* diagnostic : diagnostics.Sorted(100)) {
    const uint32_t offset = diagnostic->position.offset;
    Require(offset <= size || offset == zonec::Position::kWholeFile);
    Require(!diagnostic->message.empty());
  }
  for (const std::string& printed :
       {zonec::DiagnosticsToText(diagnostics, &sources, 10), zonec::DiagnosticsToJson(diagnostics, &sources, 10)}) {
    Require(strata::base::FindInvalidUtf8(printed) == absl::string_view::npos);
  }
  // The zone is missing or refused only with a word.
  Require(!parsed.unreliable || !diagnostics.ok());
  return 0;
}
