// Percentiles of a histogram against the values that went in.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/latency_histogram.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace strata::bench {
namespace {

TEST(LatencyHistogramTest, EmptyIsZero) { EXPECT_EQ(LatencyHistogram().Percentile(0.5), 0u); }

TEST(LatencyHistogramTest, SmallValuesAreExact) {
  LatencyHistogram histogram;
  for (uint64_t value = 0; value < 100; ++value) histogram.Record(value);
  EXPECT_EQ(histogram.count(), 100u);
  EXPECT_EQ(histogram.Percentile(0), 0u);
  EXPECT_EQ(histogram.Percentile(0.5), 49u);
  EXPECT_EQ(histogram.Percentile(0.6), 59u);
}

TEST(LatencyHistogramTest, LargeValuesAreWithinTwoPercent) {
  for (uint64_t value = 100; value < uint64_t{1} << 40; value = value * 5 / 4 + 1) {
    LatencyHistogram histogram;
    histogram.Record(value);
    EXPECT_GE(histogram.Percentile(1), value);
    EXPECT_LE(histogram.Percentile(1), value + value / 50);
  }
}

TEST(LatencyHistogramTest, TailIsSeen) {
  LatencyHistogram histogram;
  for (int i = 0; i < 990; ++i) histogram.Record(10);
  for (int i = 0; i < 10; ++i) histogram.Record(50);
  EXPECT_EQ(histogram.Percentile(0.99), 10u);
  EXPECT_EQ(histogram.Percentile(0.995), 50u);
}

TEST(LatencyHistogramTest, TakesTheLargestValue) {
  LatencyHistogram histogram;
  histogram.Record(std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(histogram.Percentile(1), std::numeric_limits<uint64_t>::max());
}

}  // namespace
}  // namespace strata::bench
