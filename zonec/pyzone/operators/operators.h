// What operators do to values, as in Python, but with 64-bit integers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_OPERATORS_OPERATORS_H_
#define STRATA_ZONEC_PYZONE_OPERATORS_OPERATORS_H_

#include <optional>

#include "zonec/pyzone/operators/operator.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

bool Truth(Value value);

// + - * / // % ** << >> & | ^. The % of texts is formatting.
Value ApplyBinary(Operator op, Value left, Value right, Run* run);
// - + ~ not.
Value ApplyUnary(Operator op, Value operand, Run* run);
// == != < <= > >= in not in is is not. nullopt: it failed.
std::optional<bool> ApplyComparison(Operator op, Value left, Value right, Run* run);

// nullopt: it failed.
std::optional<bool> Equal(Value left, Value right, Run* run, size_t depth = 0);
std::optional<bool> Less(Value left, Value right, Run* run, size_t depth = 0);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_OPERATORS_OPERATORS_H_
