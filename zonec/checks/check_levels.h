// The named checks, and whether what each finds is an error, a warning or nothing.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_CHECK_LEVELS_H_
#define STRATA_ZONEC_CHECKS_CHECK_LEVELS_H_

#include <map>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace strata::zonec {

enum class Level { kError, kWarning, kIgnored };

// "error", "warning", "ignored".
absl::string_view LevelName(Level level);

struct CheckRow {
  absl::string_view name;     // "cname-loop", stable for scripts
  absl::string_view theme;    // the heading that it is listed under; those of one theme stand together
  absl::string_view summary;  // what it finds: half a sentence, without a final stop
  // Of what is reported as a warning. kError: of all that it reports.
  Level level = Level::kWarning;
  // Always an error: the text cannot be read, no snapshot can hold the records, or no name server could answer them.
  bool fixed = false;
};

// All of them, in the order in which they are listed. Of the theme kReading are those of the language front ends.
absl::Span<const CheckRow> CheckRows();
inline constexpr absl::string_view kReading = "Reading the text";
// nullptr: there is no such check.
const CheckRow* FindCheckRow(absl::string_view name);

// The levels of one run: those of the table, but for what was asked for. A value.
class CheckLevels {
 public:
  // `strict`: warnings are errors, but for checks that were Set().
  CheckLevels() = default;
  explicit CheckLevels(bool strict) : strict_(strict) {}

  void set_strict(bool strict) { strict_ = strict; }

  // Fails on names that no check has, on checks whose level is fixed, and on what contradicts an earlier call. The
  // message is to be put behind the name: "is no check; did you mean …?"
  absl::Status Set(absl::string_view name, Level level);

  // What becomes of something that the check `name` reports as an error or a warning. An error stays one unless the
  // whole check was lowered. Names that are not in the table have no level of their own.
  Level OfError(absl::string_view name) const;
  Level OfWarning(absl::string_view name) const;
  // Whether the check's warnings are ignored, so that looking for them is in vain.
  bool IsIgnored(absl::string_view name) const { return OfWarning(name) == Level::kIgnored; }

 private:
  bool strict_ = false;
  std::map<const CheckRow*, Level> set_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_CHECK_LEVELS_H_
