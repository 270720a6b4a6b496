// SPDX-License-Identifier: Apache-2.0
#include "base/huge_pages.h"

#include <cstdint>
#include <numeric>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(HugePageVector, HoldsWhatItIsGivenWhileItGrows) {
  constexpr uint32_t kCount = 3 << 20;
  HugePageVector<uint32_t> numbers;
  for (uint32_t i = 0; i < kCount; ++i) numbers.push_back(i);
  uint64_t sum = 0;
  for (const uint32_t number : numbers) sum += number;
  EXPECT_EQ(sum, uint64_t{kCount} * (kCount - 1) / 2);
  const HugePageVector<uint32_t> copy = numbers;
  numbers = {};
  EXPECT_EQ(copy.back(), kCount - 1);
}

TEST(AdviseHugePages, TakesAnyMemory) {
  char few[100];
  AdviseHugePages(few, sizeof few);
  AdviseHugePages(nullptr, 0);
  std::vector<char> some(size_t{5} << 20, 'x');
  AdviseHugePages(some.data() + 1, some.size() - 1);
  EXPECT_EQ(std::accumulate(some.begin(), some.end(), size_t{0}), some.size() * 'x');
}

TEST(ReleasePages, LeavesWhatIsOutside) {
  std::vector<char> some(size_t{1} << 20, 'x');
  ReleasePages(some.data() + 5000, 100000);
  for (size_t i = 0; i < 5000; ++i) ASSERT_EQ(some[i], 'x') << i;
  for (size_t i = 105000; i < some.size(); ++i) ASSERT_EQ(some[i], 'x') << i;
  some.assign(some.size(), 'y');
  EXPECT_EQ(std::accumulate(some.begin(), some.end(), size_t{0}), some.size() * 'y');
  ReleasePages(some.data(), 0);
}

TEST(FrontRelease, LeavesWhatIsStillRead) {
  constexpr uint32_t kCount = 4'000'000;  // 16 MB
  HugePageVector<uint32_t> numbers(kCount, 7);
  FrontRelease release;
  for (uint32_t i = 0; i < kCount; ++i) {
    ASSERT_EQ(numbers[i], 7u) << i;
    release.Before(i, &numbers);
  }
  // Memory that was given back reads as zeros.
  EXPECT_EQ(numbers[kCount / 4], 0u);
  EXPECT_EQ(numbers.back(), 7u);
}

}  // namespace
}  // namespace strata::base
