// Says once what many records have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_REPEATED_FINDING_H_
#define STRATA_ZONEC_CHECKS_SIGNED_REPEATED_FINDING_H_

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Collects findings by cause, and reports each cause at the first place where it was met, with the number of the
// others. Not thread-safe.
class RepeatedFindings {
 public:
  // `check` is a literal. `message` is called the first time that this check meets this cause.
  void Add(Severity severity, Position position, absl::string_view check, uint32_t cause,
           const std::function<std::string()>& message) {
    Entry& entry = entries_[{check, cause}];
    if (entry.count++ == 0) {
      entry.severity = severity;
      entry.position = position;
      entry.message = message();
    }
  }

  void Report(Diagnostics* diagnostics) const {
    for (const auto& [key, entry] : entries_) {
      const std::string message =
          entry.count == 1 ? entry.message : absl::StrCat(entry.message, " (and ", entry.count - 1, " more)");
      if (entry.severity == Severity::kError) {
        diagnostics->Error(entry.position, key.first, message);
      } else {
        diagnostics->Warning(entry.position, key.first, message);
      }
    }
  }

 private:
  struct Entry {
    size_t count = 0;
    Severity severity = Severity::kError;
    Position position;
    std::string message;
  };
  std::map<std::pair<absl::string_view, uint32_t>, Entry> entries_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_REPEATED_FINDING_H_
