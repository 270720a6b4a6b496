// SPDX-License-Identifier: Apache-2.0
#include "base/status_macros.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace strata {
namespace {

absl::StatusOr<std::unique_ptr<int>> Positive(int value) {
  if (value <= 0) return absl::InvalidArgumentError("not positive");
  return std::make_unique<int>(value);
}

absl::StatusOr<int> Twice(int value) {
  STRATA_ASSIGN_OR_RETURN(std::unique_ptr<int> first, Positive(value));
  STRATA_ASSIGN_OR_RETURN(auto second, Positive(value));
  return *first + *second;
}

absl::Status Check(int value, int* reached) {
  STRATA_RETURN_IF_ERROR(Positive(value).status());
  ++*reached;
  return absl::OkStatus();
}

TEST(StatusMacros, AssignsTheValueAndPropagatesTheError) {
  EXPECT_EQ(*Twice(21), 42);
  EXPECT_EQ(Twice(-1).status(), absl::InvalidArgumentError("not positive"));
}

TEST(StatusMacros, ReturnsAtTheFirstError) {
  int reached = 0;
  EXPECT_TRUE(Check(1, &reached).ok());
  EXPECT_FALSE(Check(0, &reached).ok());
  EXPECT_EQ(reached, 1);
}

}  // namespace
}  // namespace strata
