// The functions that are there without being defined, but for those that make records.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_BUILTINS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_BUILTINS_H_

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// len(), range(), sorted()... nullptr: there is no such function.
const Builtin* FindBuiltinFunction(absl::string_view name);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_BUILTINS_H_
