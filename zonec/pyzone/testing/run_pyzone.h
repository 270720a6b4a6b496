// Runs pyzones for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_
#define STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dns/record.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/pyzone/pyzone.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct PyzoneOutcome {
  // "owner TTL type RDATA", in the order of the list.
  std::vector<std::string> records;
  // "line:column check: message", without the place when the file as a whole is meant; with
  // " (line:column in this call of f())" for each call that led there.
  std::vector<std::string> messages;
  std::vector<LineColumn> places;  // of the records
  bool unreliable = false;
};

inline PyzoneOutcome RunPyzone(std::string text, const pyzone::Limits& limits = {},
                               const std::map<std::string, std::string>& defines = {},
                               const std::vector<std::string>& include_roots = {}) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = *sources.Add("test.py", std::move(text));
  IncludeFiles includes(include_roots);
  const ParsedZone parsed = ParsePyzone(
      {.sources = &sources, .file = file, .includes = &includes, .defines = &defines, .limits = limits}, &diagnostics);
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
    const std::string name = sources.SameText(position.file, file) ? "" : sources.name(position.file);
    return absl::StrCat(name.substr(name.rfind('/') + 1), name.empty() ? "" : ":", at.line, ":", at.column, " ");
  };
  for (const Diagnostic* diagnostic : diagnostics.Sorted(1000, &sources)) {
    std::string message = absl::StrCat(place(diagnostic->position), diagnostic->check, ": ", diagnostic->message);
    const Entrance* way = &sources.entrance(diagnostic->position.file);
    for (; way->by != EnteredBy::kNothing; way = &sources.entrance(way->from.file)) {
      if (way->by == EnteredBy::kInclude) continue;
      absl::StrAppend(&message, " (", place(way->from), "in this call of ", way->function, "())");
    }
    outcome.messages.push_back(std::move(message));
  }
  return outcome;
}

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PYZONE_TESTING_RUN_PYZONE_H_
