// Runs pyzones for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_
#define STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dns/record.h"
#include "zonec/diagnostics.h"
#include "zonec/pyzone/pyzone.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct PyzoneOutcome {
  // "owner TTL type RDATA", in the order of the list.
  std::vector<std::string> records;
  // "line:column check: message", without the place when the file as a whole is meant; with " (line:column note)".
  std::vector<std::string> messages;
  std::vector<LineColumn> places;  // of the records
  bool unreliable = false;
};

inline PyzoneOutcome RunPyzone(std::string text, const pyzone::Limits& limits = {}) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("test.py", std::move(text));
  const ParsedZone parsed = ParsePyzone(&sources, file, limits, &diagnostics);
  PyzoneOutcome outcome;
  outcome.unreliable = parsed.unreliable;
  for (const snapshot::ZoneRecord& in_zone : parsed.zone.records()) {
    const dns::Record record = parsed.zone.ToRecord(in_zone);
    outcome.records.push_back(absl::StrReplaceAll(dns::RecordToText(record), {{"\tIN\t", " "}, {"\t", " "}}));
  }
  for (const Position& position : parsed.positions) outcome.places.push_back(sources.Locate(position));
  const auto place = [&](Position position) {
    if (position.offset == Position::kWholeFile) return std::string();
    const LineColumn at = sources.Locate(position);
    return absl::StrCat(at.line, ":", at.column, " ");
  };
  for (const Diagnostic* diagnostic : diagnostics.Sorted(1000)) {
    outcome.messages.push_back(absl::StrCat(
        place(diagnostic->position), diagnostic->check, ": ", diagnostic->message,
        diagnostic->notes.empty()
            ? ""
            : absl::StrCat(" (", place(diagnostic->notes[0].position), diagnostic->notes[0].message, ")")));
  }
  return outcome;
}

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_
