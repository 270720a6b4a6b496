// Time spans as Twisted Names writes them in zones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_RECORDS_TIME_STRING_H_
#define STRATA_ZONEC_PYZONE_RECORDS_TIME_STRING_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace strata::zonec::pyzone {

// Seconds: "3600", or one number with one unit, "1H" or "1.5m": S, M (minutes), H, D, W or Y (365 days), in any case,
// blanks around it. What is below a second is cut off. nullopt when it is none, or 2^53 or more.
std::optional<int64_t> ParseTimeString(absl::string_view text);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_RECORDS_TIME_STRING_H_
