// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/operators/arithmetic.h"

#include <cmath>
#include <limits>

namespace strata::zonec::pyzone {
namespace {

Value Overflow(Run* run) { return run->Fail("the number is too large: integers have 64 bits here"); }
Value DivisionByZero(Run* run) { return run->Fail("division by zero"); }

Value Finite(double result, Run* run) {
  return std::isfinite(result) ? Value::Float(result) : run->Fail("the number is too large for a float");
}

Value IntegerDivision(Operator op, int64_t left, int64_t right, Run* run) {
  if (right == 0) return DivisionByZero(run);
  if (op == Operator::kDivide) return Finite(static_cast<double>(left) / static_cast<double>(right), run);
  // The only quotient that does not fit, and whose remainder traps on some processors.
  if (right == -1) {
    return op == Operator::kModulo ? Value::Int(0) : IntegerArithmetic(Operator::kSubtract, 0, left, run);
  }
  int64_t quotient = left / right;
  int64_t remainder = left % right;
  // C++ rounds towards zero, Python down.
  if (remainder != 0 && (remainder < 0) != (right < 0)) {
    --quotient;
    remainder += right;
  }
  return Value::Int(op == Operator::kModulo ? remainder : quotient);
}

Value IntegerPower(int64_t base, int64_t exponent, Run* run) {
  if (exponent < 0) {
    if (base == 0) return DivisionByZero(run);
    return FloatArithmetic(Operator::kPower, static_cast<double>(base), static_cast<double>(exponent), run);
  }
  int64_t result = 1;
  while (true) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) return Overflow(run);
    exponent >>= 1;
    if (exponent == 0) return Value::Int(result);
    if (__builtin_mul_overflow(base, base, &base)) return Overflow(run);
  }
}

Value Shift(Operator op, int64_t left, int64_t right, Run* run) {
  if (right < 0) return run->Fail("a shift by a negative number of bits");
  if (op == Operator::kShiftRight) return Value::Int(left >> (right > 63 ? 63 : right));
  if (left == 0) return Value::Int(0);
  if (left == -1 && right == 63) return Value::Int(std::numeric_limits<int64_t>::min());
  int64_t result = 0;
  if (right > 62 || __builtin_mul_overflow(left, int64_t{1} << right, &result)) return Overflow(run);
  return Value::Int(result);
}

}  // namespace

Value IntegerArithmetic(Operator op, int64_t left, int64_t right, Run* run) {
  int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case Operator::kAdd:
      overflow = __builtin_add_overflow(left, right, &result);
      break;
    case Operator::kSubtract:
      overflow = __builtin_sub_overflow(left, right, &result);
      break;
    case Operator::kMultiply:
      overflow = __builtin_mul_overflow(left, right, &result);
      break;
    case Operator::kDivide:
    case Operator::kFloorDivide:
    case Operator::kModulo:
      return IntegerDivision(op, left, right, run);
    case Operator::kPower:
      return IntegerPower(left, right, run);
    case Operator::kShiftLeft:
    case Operator::kShiftRight:
      return Shift(op, left, right, run);
    case Operator::kBitAnd:
      return Value::Int(left & right);
    case Operator::kBitOr:
      return Value::Int(left | right);
    default:
      return Value::Int(left ^ right);
  }
  return overflow ? Overflow(run) : Value::Int(result);
}

Value FloatArithmetic(Operator op, double left, double right, Run* run) {
  switch (op) {
    case Operator::kAdd:
      return Finite(left + right, run);
    case Operator::kSubtract:
      return Finite(left - right, run);
    case Operator::kMultiply:
      return Finite(left * right, run);
    case Operator::kPower: {
      if (left == 0 && right < 0) return DivisionByZero(run);
      if (left < 0 && std::floor(right) != right) return run->Fail("complex numbers are not part of the language");
      return Finite(std::pow(left, right), run);
    }
    default:
      break;
  }
  if (right == 0) return DivisionByZero(run);
  if (op == Operator::kDivide) return Finite(left / right, run);
  // As CPython does it: the remainder is exact, and the quotient follows from it.
  double remainder = std::fmod(left, right);
  double quotient = (left - remainder) / right;
  if (remainder != 0 && (remainder < 0) != (right < 0)) {
    remainder += right;
    quotient -= 1;
  } else if (remainder == 0) {
    remainder = std::copysign(0.0, right);
  }
  if (op == Operator::kModulo) return Finite(remainder, run);
  if (quotient == 0) return Value::Float(std::copysign(0.0, left / right));
  double floor = std::floor(quotient);
  if (quotient - floor > 0.5) floor += 1;
  return Finite(floor, run);
}

int CompareNumbers(Value left, Value right) {
  const auto order = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (left.IsInteger() && right.IsInteger()) return order(left.integer(), right.integer());
  if (left.Is(Kind::kFloat) && right.Is(Kind::kFloat)) return order(left.real(), right.real());
  if (left.Is(Kind::kFloat)) return -CompareNumbers(right, left);
  // A large int as a float would be rounded: compare with the float's whole part.
  const double real = right.real();
  if (real >= 0x1p63) return -1;
  if (real < -0x1p63) return 1;
  const double whole = std::floor(real);
  const int by_whole = order(left.integer(), static_cast<int64_t>(whole));
  return by_whole != 0 ? by_whole : real > whole ? -1 : 0;
}

}  // namespace strata::zonec::pyzone
