// Functions that Python does not have: what a zone takes from outside, and its serial number.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_ZONE_FUNCTIONS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_ZONE_FUNCTIONS_H_

#include "absl/types/span.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// defined(), include(), serial().
absl::Span<const Builtin> ZoneFunctions();

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_ZONE_FUNCTIONS_H_
