// What is wrong with a zone: errors and warnings, each at its place in the sources.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DIAGNOSTICS_H_
#define STRATA_ZONEC_DIAGNOSTICS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/checks/check_levels.h"
#include "zonec/sources.h"

namespace strata::zonec {

enum class Severity { kError, kWarning };

// Another place that explains the diagnostic: "the other record is here".
struct Note {
  Position position;
  std::string message;
};

struct Diagnostic {
  Severity severity = Severity::kError;
  Position position;
  // The rule's name, stable for scripts: "cname-and-other-data". A literal.
  absl::string_view check;
  // A sentence without a final stop. May quote any octets of the source.
  std::string message;
  std::vector<Note> notes;
};

// What is said of one place, once.
struct Finding {
  const Diagnostic* diagnostic = nullptr;
  size_t more = 0;  // that say the same of the same place, in whatever reading: a loop or a function meets it again
};

// Collects diagnostics in any order. Memory is bounded: behind the first kMaxKept of a severity the others are only
// counted, and messages longer than kMaxMessage octets, which quote the source, lose their middle. Not thread-safe.
class Diagnostics {
 public:
  static constexpr size_t kMaxKept = 10000;
  static constexpr size_t kMaxMessage = 2000;

  explicit Diagnostics(CheckLevels levels = CheckLevels()) : levels_(std::move(levels)) {}

  // `check` must be a literal. It is what the levels make of it: an error, a warning or nothing.
  void Error(Position position, absl::string_view check, std::string message, std::vector<Note> notes = {}) {
    Add(levels_.OfError(check), {Severity::kError, position, check, std::move(message), std::move(notes)});
  }
  void Warning(Position position, absl::string_view check, std::string message, std::vector<Note> notes = {}) {
    Add(levels_.OfWarning(check), {Severity::kWarning, position, check, std::move(message), std::move(notes)});
  }
  const CheckLevels& levels() const { return levels_; }

  size_t error_count() const { return error_count_; }
  size_t warning_count() const { return warning_count_; }
  bool ok() const { return error_count_ == 0; }

  // At most `limit` of those kept, errors before warnings when there are too many; sorted by text, offset and reading
  // (without `sources` each reading counts as a text of its own), those of one position in the order in which they
  // came. Valid until the next diagnostic is added.
  std::vector<const Diagnostic*> Sorted(size_t limit, const Sources* sources = nullptr) const;
  // The same, with those in one that say the same; `limit` counts what is left then.
  std::vector<Finding> Findings(size_t limit, const Sources& sources) const;

 private:
  void Add(Level level, Diagnostic diagnostic);
  std::vector<Finding> Collect(size_t limit, const Sources* sources, bool join) const;

  CheckLevels levels_;
  size_t error_count_ = 0;
  size_t warning_count_ = 0;
  std::vector<Diagnostic> kept_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DIAGNOSTICS_H_
