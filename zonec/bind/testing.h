// Parses master-file text for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_TESTING_H_
#define STRATA_ZONEC_BIND_TESTING_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dns/record.h"
#include "zonec/bind/parser.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct ParseOutcome {
  // "owner TTL type RDATA", in the order of the text; the class, always IN, is left out.
  std::vector<std::string> records;
  // "line:column check: message", with the file's name in front when it is an included one.
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
  std::vector<LineColumn> places;  // of the records
  bool unreliable = false;
};

inline ParseOutcome ParseText(std::string text, const std::string& origin = "example.",
                              std::vector<std::string> include_roots = {}, std::string name = "test.zone") {
  Sources sources;
  Diagnostics diagnostics;
  IncludeFiles includes(std::move(include_roots));
  const FileId file = *sources.Add(std::move(name), std::move(text));
  const ParsedZone parsed = ParseMasterFile({&sources, file, *dns::Name::FromText(origin), &includes}, &diagnostics);
  ParseOutcome outcome;
  outcome.unreliable = parsed.unreliable;
  for (const snapshot::ZoneRecord& in_zone : parsed.zone.records()) {
    const dns::Record record = parsed.zone.ToRecord(in_zone);
    outcome.records.push_back(absl::StrReplaceAll(dns::RecordToText(record), {{"\tIN\t", " "}, {"\t", " "}}));
  }
  for (const Position& position : parsed.positions) outcome.places.push_back(sources.Locate(position));
  for (const Diagnostic* diagnostic : diagnostics.Sorted(1000)) {
    const LineColumn place = sources.Locate(diagnostic->position);
    auto& list = diagnostic->severity == Severity::kError ? outcome.errors : outcome.warnings;
    list.push_back(absl::StrCat(diagnostic->position.file == file ? "" : sources.name(diagnostic->position.file) + ":",
                                place.line, ":", place.column, " ", diagnostic->check, ": ", diagnostic->message));
  }
  return outcome;
}

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_TESTING_H_
