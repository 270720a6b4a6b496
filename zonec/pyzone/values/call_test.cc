// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/call.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"

namespace strata::zonec::pyzone {
namespace {

// Which argument each of the parameters a, b (required) and c got, or what is wrong.
std::string Bound(const Arguments& arguments) {
  RunWithLimits test;
  const Parameters given("f", {"a", "b", "c"}, 2, arguments, &test.run);
  if (!given.ok()) return test.error();
  std::string out;
  for (size_t i = 0; i < 3; ++i) out += given.Has(i) ? std::to_string(given[i].integer()) : "-";
  return out;
}

TEST(Parameters, BindsByPlaceAndByName) {
  const Value one = Value::Int(1), two = Value::Int(2), three = Value::Int(3);
  EXPECT_EQ(Bound({{"", one, {}}, {"", two, {}}}), "12-");
  EXPECT_EQ(Bound({{"", one, {}}, {"", two, {}}, {"", three, {}}}), "123");
  EXPECT_EQ(Bound({{"", one, {}}, {"c", three, {}}, {"b", two, {}}}), "123");
  EXPECT_EQ(Bound({{"b", two, {}}, {"a", one, {}}}), "12-");
}

TEST(Parameters, SaysWhatDoesNotFit) {
  const Value one = Value::Int(1);
  EXPECT_EQ(Bound({{"", one, {}}}), "f(): `b` is missing");
  EXPECT_EQ(Bound({}), "f(): `a` is missing");
  EXPECT_EQ(Bound({{"", one, {}}, {"", one, {}}, {"", one, {}}, {"", one, {}}}), "f() takes 3 arguments");
  EXPECT_EQ(Bound({{"", one, {}}, {"a", one, {}}}), "`a` is given twice");
  EXPECT_EQ(Bound({{"", one, {}}, {"d", one, {}}}), "f() has no parameter `d`");
}

}  // namespace
}  // namespace strata::zonec::pyzone
