// The methods of values: "a".join(...), list.append(...).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_METHODS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_METHODS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "zonec/pyzone/values/call.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// object.name, a function; failed when there is no such method, which is reported.
Value FindMethod(Value object, absl::string_view name, Run* run);

// Of str and bytes; those that return a new text split or changed.
absl::Span<const MethodRow> TextMethods();
absl::Span<const MethodRow> CaseMethods();
absl::Span<const MethodRow> CutMethods();
// Of lists, tuples and dicts.
absl::Span<const MethodRow> ContainerMethods();

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_METHODS_H_
