// Values as Python's str() and repr() write them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FORMAT_TO_TEXT_H_
#define STRATA_ZONEC_PYZONE_FORMAT_TO_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// False: it failed. `ascii`: all other characters as escapes.
bool AppendStr(Value value, Run* run, std::string* out);
bool AppendRepr(Value value, Run* run, std::string* out, bool ascii = false, size_t depth = 0);

// By s, r or a, as behind the ! of a field.
Value Converted(Value value, char conversion, Run* run);

// The shortest that gives the number again.
std::string FloatText(double value);

// A positive float's digits, the first before the point, and its power of ten; in Python's two layouts.
struct FloatDigits {
  std::string digits;
  int exponent = 0;
};
// The shortest with no `precision`, else with so many digits behind the first.
FloatDigits DigitsOf(double positive, int precision = -1);
// 123.45, or 1.2345e+02. `point`: with at least one digit behind the point, if it has no exponent.
std::string LayOut(const FloatDigits& digits, bool scientific, bool point);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FORMAT_TO_TEXT_H_
