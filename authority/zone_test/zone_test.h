// Tests zones against a file of expected answers, without a network: what the binary zone_test does.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_H_
#define STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "authority/zone_catalog.h"
#include "zonec/colours.h"

namespace strata::authority {

struct ZoneTestText {
  std::string name;  // what messages call the text
  std::string text;
  // How to write what is answered into it: a command, for the reader of a failure.
  std::string update_command;
};

struct ZoneTestResult {
  size_t questions = 0;
  // The text cannot be read as a whole; nothing was asked.
  bool has_mistakes = false;
  size_t wrong = 0;
  // For people: what is wrong, where, and how to mend it. A line of summary in any case.
  std::string report;
  // The text that expects what is answered; `text` itself when nothing is wrong. Unset with mistakes.
  std::string updated;

  bool ok() const { return !has_mistakes && wrong == 0; }
};

// Asks all questions. Relative names are of the catalog's zone, if there is one only. Fails when a zone cannot be read.
absl::StatusOr<ZoneTestResult> TestZones(const ZoneTestText& test, const ZoneCatalog& catalog,
                                         const zonec::Colours& colours);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_H_
