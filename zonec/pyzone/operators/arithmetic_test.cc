// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/operators/arithmetic.h"

#include <cstdint>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min(), kMax = std::numeric_limits<int64_t>::max();

TEST(Arithmetic, IntegersRoundDown) {
  RunWithLimits test;
  const struct {
    Operator op;
    int64_t left, right, result;
  } cases[] = {{Operator::kFloorDivide, -7, 2, -4},   {Operator::kModulo, -7, 2, 1},
               {Operator::kFloorDivide, 7, -2, -4},   {Operator::kModulo, 7, -2, -1},
               {Operator::kModulo, kMin, -1, 0},      {Operator::kPower, -2, 63, kMin},
               {Operator::kPower, 0, 0, 1},           {Operator::kPower, 3, 39, 4052555153018976267},
               {Operator::kShiftRight, -1, 1000, -1}, {Operator::kShiftLeft, 1, 62, int64_t{1} << 62},
               {Operator::kShiftLeft, 0, kMax, 0},    {Operator::kBitXor, -1, 5, -6}};
  for (const auto& c : cases) {
    const Value result = IntegerArithmetic(c.op, c.left, c.right, &test.run);
    ASSERT_TRUE(result.Is(Kind::kInt)) << c.left << " " << c.right << ": " << test.error();
    EXPECT_EQ(result.integer(), c.result) << c.left << " " << c.right;
  }
  EXPECT_EQ(IntegerArithmetic(Operator::kPower, 2, -1, &test.run).real(), 0.5);
  EXPECT_EQ(IntegerArithmetic(Operator::kDivide, 7, 2, &test.run).real(), 3.5);
}

TEST(Arithmetic, IntegersKeepTheirRange) {
  const struct {
    Operator op;
    int64_t left, right;
  } cases[] = {{Operator::kAdd, kMax, 1},          {Operator::kSubtract, kMin, 1}, {Operator::kMultiply, kMin, -1},
               {Operator::kFloorDivide, kMin, -1}, {Operator::kPower, 2, 63},      {Operator::kPower, 3, kMax},
               {Operator::kShiftLeft, 1, 63},      {Operator::kShiftLeft, 2, 62}};
  for (const auto& c : cases) {
    RunWithLimits test;
    EXPECT_TRUE(IntegerArithmetic(c.op, c.left, c.right, &test.run).failed()) << c.left << " " << c.right;
    EXPECT_EQ(test.error(), "the number is too large: integers have 64 bits here");
  }
}

TEST(Arithmetic, FloatsAreFinite) {
  const struct {
    Operator op;
    double left, right;
    const char* error;
  } cases[] = {{Operator::kMultiply, 1e200, 1e200, "the number is too large for a float"},
               {Operator::kDivide, 1, 0, "division by zero"},
               {Operator::kModulo, 1, 0, "division by zero"},
               {Operator::kPower, 0, -1, "division by zero"},
               {Operator::kPower, -8, 0.5, "complex numbers are not part of the language"}};
  for (const auto& c : cases) {
    RunWithLimits test;
    EXPECT_TRUE(FloatArithmetic(c.op, c.left, c.right, &test.run).failed());
    EXPECT_EQ(test.error(), c.error);
  }
  RunWithLimits test;
  EXPECT_EQ(FloatArithmetic(Operator::kModulo, -7.5, 2, &test.run).real(), 0.5);
  EXPECT_EQ(FloatArithmetic(Operator::kFloorDivide, -7.5, 2, &test.run).real(), -4);
}

TEST(Arithmetic, ComparesIntsAndFloatsExactly) {
  const struct {
    Value left, right;
    int order;
  } cases[] = {{Value::Int(kMax), Value::Float(0x1p63), -1},
               {Value::Int(kMin), Value::Float(-0x1p63), 0},
               {Value::Int((int64_t{1} << 53) + 1), Value::Float(0x1p53), 1},
               {Value::Int(-1), Value::Float(-1.5), 1},
               {Value::Float(0.5), Value::Bool(true), -1},
               {Value::Float(-0.0), Value::Int(0), 0}};
  for (const auto& c : cases) {
    EXPECT_EQ(CompareNumbers(c.left, c.right), c.order);
    EXPECT_EQ(CompareNumbers(c.right, c.left), -c.order);
  }
}

}  // namespace
}  // namespace strata::zonec::pyzone
