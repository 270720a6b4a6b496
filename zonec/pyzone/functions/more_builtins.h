// Functions about numbers and kinds, and those that take functions.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_MORE_BUILTINS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_MORE_BUILTINS_H_

#include "absl/types/span.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// bin(), divmod(), filter(), hex(), isinstance(), map(), oct(), pow(), round().
absl::Span<const Builtin> MoreBuiltins();

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_MORE_BUILTINS_H_
