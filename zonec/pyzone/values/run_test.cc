// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/run.h"

#include <cstddef>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

TEST(Run, KeepsTheFirstErrorOnly) {
  RunWithLimits test;
  EXPECT_TRUE(test.run.Fail("first").failed());
  test.run.Fail("second");
  EXPECT_TRUE(test.run.failed());
  EXPECT_EQ(test.error(), "first");
  EXPECT_EQ(test.diagnostics.error_count(), 1u);
}

TEST(Run, CountsStepsAndOctets) {
  Limits limits;
  limits.steps = 10;
  RunWithLimits steps(limits);
  EXPECT_TRUE(steps.run.Spend(10));
  EXPECT_FALSE(steps.run.Spend(1));
  EXPECT_EQ(steps.error(), "the zone takes more than 10 steps to evaluate");

  limits = {};
  limits.memory_bytes = size_t{1} << 20;
  RunWithLimits memory(limits);
  EXPECT_TRUE(memory.run.Take(limits.memory_bytes));
  EXPECT_TRUE(memory.run.NewStr("").failed());
  EXPECT_EQ(memory.error(), "the zone takes more than 1 MiB of memory to evaluate");
}

TEST(Run, BoundsTheSizeOfAValue) {
  Limits limits;
  limits.value_size = 2;
  RunWithLimits text(limits), list(limits);
  EXPECT_FALSE(text.run.NewStr("ab").failed());
  EXPECT_TRUE(text.run.NewStr("abc").failed());
  EXPECT_EQ(text.error(), "a value of size 3; the most is 2");
  const Value two = list.run.NewList({Value::None(), Value::None()});
  EXPECT_FALSE(list.run.Append(&two.list(), Value::None()));
  EXPECT_EQ(two.list().items.size(), 2u);
}

TEST(Run, KeysAreEqualAsInPython) {
  RunWithLimits test;
  auto& run = test.run;
  const Value dict = run.NewDict();
  ASSERT_TRUE(run.SetItem(&dict.dict(), Value::Int(1), Value::Int(10)));
  ASSERT_TRUE(run.SetItem(&dict.dict(), run.NewStr("1"), Value::Int(20)));
  ASSERT_TRUE(run.SetItem(&dict.dict(), run.NewText(Kind::kBytes, "1"), Value::Int(30)));
  ASSERT_TRUE(run.SetItem(&dict.dict(), Value::Float(1.5), Value::Int(40)));
  ASSERT_TRUE(run.SetItem(&dict.dict(), Value::Bool(true), Value::Int(50)));
  EXPECT_EQ(dict.dict().entries.size(), 4u);
  ASSERT_NE(run.FindItem(dict.dict(), Value::Float(1.0)), nullptr);
  EXPECT_EQ(run.FindItem(dict.dict(), Value::Float(1.0))->value.integer(), 50);
  EXPECT_EQ(run.FindItem(dict.dict(), Value::None()), nullptr);
  EXPECT_FALSE(run.failed());
}

TEST(Run, NegativeZeroIsTheKeyZeroAndListsAreNone) {
  RunWithLimits test;
  const Value dict = test.run.NewDict();
  ASSERT_TRUE(test.run.SetItem(&dict.dict(), Value::Int(0), Value::None()));
  EXPECT_NE(test.run.FindItem(dict.dict(), Value::Float(-0.0)), nullptr);
  EXPECT_FALSE(test.run.SetItem(&dict.dict(), test.run.NewList({}), Value::None()));
  EXPECT_EQ(test.error(), "a list cannot be the key of a dict");
}

}  // namespace
}  // namespace strata::zonec::pyzone
