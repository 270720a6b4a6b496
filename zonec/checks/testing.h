// Checks master-file text for tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TESTING_H_
#define STRATA_ZONEC_CHECKS_TESTING_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "gtest/gtest.h"
#include "zonec/bind/parser.h"
#include "zonec/checks/check_levels.h"
#include "zonec/checks/check_zone.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/snapshot/zone_tree.h"
#include "zonec/sources.h"

namespace strata::zonec {

// The records of a text without mistakes.
inline ParsedZone ParseText(std::string text) {
  Sources sources;
  Diagnostics diagnostics;
  IncludeFiles includes;
  const FileId file = *sources.Add("test.zone", std::move(text));
  return ParseMasterFile({&sources, file, *dns::Name::FromText("example."), &includes}, &diagnostics);
}

struct CheckOutcome {
  ParsedZone parsed;
  // "error 7 check: message (note 3)", by line; no line where the whole file is meant.
  std::vector<std::string> found;
  std::vector<uint32_t> ttls;  // of the records, in the order of the text
};

// Without an origin the text starts with "example.".
inline CheckOutcome CheckText(std::string text, const std::optional<std::string>& origin = std::nullopt,
                              const CheckLevels& levels = CheckLevels(), const SignedZoneOptions& signatures = {}) {
  Sources sources;
  Diagnostics diagnostics(levels);
  IncludeFiles includes;
  const FileId file = *sources.Add("test.zone", std::move(text));
  const dns::Name start = *dns::Name::FromText(origin.value_or("example."));
  CheckOutcome outcome;
  outcome.parsed = ParseMasterFile({&sources, file, start, &includes}, &diagnostics);
  const std::optional<snapshot::ZoneTree> tree = CheckZone(
      {.origin_given = origin.has_value(), .incomplete = !diagnostics.ok(), .file = file, .signatures = signatures},
      &outcome.parsed, &diagnostics);
  if (tree) {
    outcome.ttls.resize(tree->records().size());
    for (uint32_t i = 0; i < tree->records().size(); ++i) outcome.ttls[tree->PlaceInZone(i)] = tree->records()[i].ttl;
  }
  const auto line = [&](Position position) {
    return position.offset == Position::kWholeFile ? "-" : absl::StrCat(sources.Locate(position).line);
  };
  for (const Diagnostic* d : diagnostics.Sorted(1000)) {
    if (FindCheckRow(d->check) == nullptr) ADD_FAILURE() << d->check << " is missing in check_levels.cc";
    outcome.found.push_back(
        absl::StrCat(d->severity == Severity::kError ? "error " : "warning ", line(d->position), " ", d->check, ": ",
                     d->message, d->notes.empty() ? "" : absl::StrCat(" (note ", line(d->notes[0].position), ")")));
  }
  return outcome;
}

// The first three lines of a zone in which nothing is wrong; the records to check follow from line 4 on.
inline std::vector<std::string> CheckRecords(absl::string_view records, const CheckLevels& levels = CheckLevels()) {
  return CheckText(absl::StrCat("$TTL 60\n@ SOA ns root 1 2 3 4 5\n@ NS ns.elsewhere.\n", records), std::nullopt,
                   levels)
      .found;
}

// Levels in which a check that is ignored by default warns.
inline CheckLevels Warning(absl::string_view check) {
  CheckLevels levels;
  EXPECT_TRUE(levels.Set(check, Level::kWarning).ok()) << check;
  return levels;
}

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TESTING_H_
