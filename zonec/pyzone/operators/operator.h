// The operators of the language.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_OPERATORS_OPERATOR_H_
#define STRATA_ZONEC_PYZONE_OPERATORS_OPERATOR_H_

#include <cstdint>

namespace strata::zonec::pyzone {

// The operators, named as Python's documentation does.
enum class Operator : uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kFloorDivide,
  kModulo,
  kPower,
  kShiftLeft,
  kShiftRight,
  kBitAnd,
  kBitOr,
  kBitXor,
  kNegate,
  kPlus,
  kInvert,
  kNot,
  kAnd,
  kOr,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kNotIn,
  kIs,
  kIsNot,
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_OPERATORS_OPERATOR_H_
