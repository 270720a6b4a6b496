// Functions about numbers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_NUMBER_FUNCTIONS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_NUMBER_FUNCTIONS_H_

#include "absl/types/span.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// bin(), divmod(), hex(), oct(), pow(), round().
absl::Span<const Builtin> NumberFunctions();

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_NUMBER_FUNCTIONS_H_
