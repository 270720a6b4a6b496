// The languages of zones, and which one a text is written in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_FORMAT_H_
#define STRATA_ZONEC_FORMAT_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace strata::zonec {

enum class Format {
  kBind,    // a master file (RFC 1035 §5)
  kPyzone,  // a program that leaves a list of records
};

// "bind" or "pyzone".
std::optional<Format> FormatFromText(absl::string_view text);

// A pyzone if the file is called *.py or *.pyzone, or if the text, behind comments with #, starts as a program does and
// no master file can: with an assignment, a string in three quotes, `def name(`, or an import. Else a master file.
Format DetectFormat(absl::string_view name, absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_FORMAT_H_
