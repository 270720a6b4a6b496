// Tests of the counters: what one thread writes, others read; and they share no line when laid out as told.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/metrics.h"

#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

TEST(Counter, Counts) {
  Counter counter;
  EXPECT_EQ(counter.value(), 0U);
  counter.Add();
  counter.Add(41);
  EXPECT_EQ(counter.value(), 42U);
}

TEST(Gauge, RisesAndFalls) {
  Gauge gauge;
  gauge.Set(3);
  gauge.Add(2);
  gauge.Add(-7);
  EXPECT_EQ(gauge.value(), -2);
}

// TSan watches this one.
TEST(Counter, IsReadWhileItIsWritten) {
  constexpr uint64_t kAdds = 100000;
  Counter counter;
  std::thread writer([&counter] {
    for (uint64_t i = 0; i < kAdds; ++i) counter.Add();
  });
  uint64_t last = 0;
  while (last < kAdds) {
    const uint64_t now = counter.value();
    ASSERT_GE(now, last);
    last = now;
  }
  writer.join();
  EXPECT_EQ(last, kAdds);
}

TEST(SharedCounter, LosesNothingOfSeveralWriters) {
  constexpr int kAdds = 20000;
  SharedCounter counter;
  std::vector<std::thread> writers;
  for (int i = 0; i < 3; ++i) {
    writers.emplace_back([&counter] {
      for (int add = 0; add < kAdds; ++add) counter.Add();
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(counter.value(), 3U * kAdds);
}

}  // namespace
}  // namespace strata::base
