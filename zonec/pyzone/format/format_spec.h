// Python's format specifications: [[fill]align][sign][#][0][width][,_][.precision][type].
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FORMAT_FORMAT_SPEC_H_
#define STRATA_ZONEC_PYZONE_FORMAT_FORMAT_SPEC_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

struct FormatSpec {
  std::string fill = " ";  // one character
  char align = 0;          // < > ^ =, or 0: as the value's kind has it
  char sign = 0;           // + - or a blank
  bool alternate = false;
  size_t width = 0;
  char grouping = 0;
  std::optional<size_t> precision;
  char type = 0;
};

// All return false when they fail. Widths and precisions are bounded by Limits::value_size and kMaxPrecision.
inline constexpr size_t kMaxPrecision = 1000;

// Appends the value as format(value, spec) writes it.
bool AppendFormatted(Value value, absl::string_view spec, Run* run, std::string* out);

// A number by a spec of type b c d o x X, or none.
bool AppendInteger(int64_t value, const FormatSpec& spec, Run* run, std::string* out);
// Of type e E f F g G %, or none.
bool AppendFloat(double value, const FormatSpec& spec, Run* run, std::string* out);
// Any text; the precision is the most that is taken of it.
bool AppendText(absl::string_view utf8, const FormatSpec& spec, Run* run, std::string* out);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FORMAT_FORMAT_SPEC_H_
