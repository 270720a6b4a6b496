// Numbers: Python's arithmetic with 64-bit integers, where it is an error to leave their range.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_OPERATORS_ARITHMETIC_H_
#define STRATA_ZONEC_PYZONE_OPERATORS_ARITHMETIC_H_

#include <cstdint>

#include "zonec/pyzone/operators/operator.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// + - * / // % ** << >> & | ^. `/` gives a float, and so does ** with a negative exponent.
Value IntegerArithmetic(Operator op, int64_t left, int64_t right, Run* run);
// + - * / // % **.
Value FloatArithmetic(Operator op, double left, double right, Run* run);

// <0, 0, >0; exact also between ints and floats. REQUIRES: numbers, none a NaN.
int CompareNumbers(Value left, Value right);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_OPERATORS_ARITHMETIC_H_
