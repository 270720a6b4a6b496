// Tests of the budget: a reserve, then a share of the queries, and a trickle.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/retry_budget.h"

#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

int TakeAll(RetryBudget* budget) {
  int taken = 0;
  while (budget->Take()) ++taken;
  return taken;
}

TEST(RetryBudgetTest, BeginsWithItsReserve) {
  RetryBudget budget;
  EXPECT_EQ(TakeAll(&budget), RetryBudget::kReserve);
  EXPECT_FALSE(budget.Take());
}

TEST(RetryBudgetTest, OneInTenQueries) {
  RetryBudget budget;
  TakeAll(&budget);
  int retries = 0;
  for (int i = 0; i < 1000; ++i) {
    budget.OnQuery();
    retries += budget.Take();
  }
  EXPECT_EQ(retries, 100);
}

TEST(RetryBudgetTest, NeverMoreThanTheReserve) {
  RetryBudget budget;
  for (int i = 0; i < 100000; ++i) budget.OnQuery();
  budget.OnTick(absl::Hours(1));
  EXPECT_EQ(TakeAll(&budget), RetryBudget::kReserve);
}

TEST(RetryBudgetTest, WhoAsksLittleMayRetryNowAndThen) {
  RetryBudget budget;
  TakeAll(&budget);
  for (int i = 0; i < 10; ++i) budget.OnTick(absl::Milliseconds(100));
  EXPECT_EQ(TakeAll(&budget), RetryBudget::kRetriesPerSecond);
  budget.OnTick(absl::Hours(1));
  EXPECT_EQ(TakeAll(&budget), RetryBudget::kRetriesPerSecond) << "time in which nobody asked earns no more";
}

}  // namespace
}  // namespace strata::frontend
