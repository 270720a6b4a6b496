// Tests that observations land in the bucket whose bound they do not exceed, and that snapshots add up.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/histogram.h"

#include <numeric>
#include <thread>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// The bound of the one bucket that an observation of `value` filled; 0 if that was the last, which has none.
template <typename Bounds>
uint64_t BoundOf(uint64_t value) {
  Histogram<Bounds> histogram;
  histogram.Observe(value);
  const HistogramSnapshot<Bounds> snapshot = histogram.Read();
  EXPECT_EQ(std::accumulate(snapshot.buckets.begin(), snapshot.buckets.end(), uint64_t{0}), 1U);
  for (size_t i = 0; i < Bounds::kCount; ++i) {
    if (snapshot.buckets[i] == 1) return Bounds::Bound(i);
  }
  return 0;
}

TEST(DurationHistogram, HasTheBoundsOfCoreDnsAndTwoBelow) {
  EXPECT_EQ(DurationBounds::Bound(0), 62500U);
  EXPECT_EQ(DurationBounds::Bound(2), 250000U);
  EXPECT_EQ(DurationBounds::Bound(17), 8192000000U);
}

TEST(DurationHistogram, ABoundIsPartOfItsBucket) {
  for (size_t i = 0; i < DurationBounds::kCount; ++i) {
    const uint64_t bound = DurationBounds::Bound(i);
    EXPECT_EQ(BoundOf<DurationBounds>(bound), bound);
    EXPECT_EQ(BoundOf<DurationBounds>(bound - 1), bound);
    EXPECT_EQ(BoundOf<DurationBounds>(bound + 1), i + 1 < DurationBounds::kCount ? 2 * bound : 0);
  }
  EXPECT_EQ(BoundOf<DurationBounds>(0), 62500U);
  EXPECT_EQ(BoundOf<DurationBounds>(1), 62500U);
  EXPECT_EQ(BoundOf<DurationBounds>(UINT64_MAX), 0U);
}

TEST(DurationHistogram, TakesWhateverAClockGives) {
  DurationHistogram histogram;
  histogram.Observe(microseconds(200));
  histogram.Observe(milliseconds(3));
  histogram.Observe(seconds(3600));
  histogram.Observe(nanoseconds(-5));
  const DurationHistogram::Snapshot snapshot = histogram.Read();
  EXPECT_EQ(snapshot.sum, 3600003200000U);
  EXPECT_EQ(snapshot.buckets[0], 1U) << "the negative one";
  EXPECT_EQ(snapshot.buckets[2], 1U) << "up to 250 µs";
  EXPECT_EQ(snapshot.buckets[6], 1U) << "up to 4 ms";
  EXPECT_EQ(snapshot.buckets[DurationBounds::kCount], 1U) << "an hour";
}

TEST(ListedBounds, ABoundIsPartOfItsBucket) {
  using Bounds = ListedBounds<1, 4, 100>;
  EXPECT_EQ(BoundOf<Bounds>(0), 1U);
  EXPECT_EQ(BoundOf<Bounds>(1), 1U);
  EXPECT_EQ(BoundOf<Bounds>(2), 4U);
  EXPECT_EQ(BoundOf<Bounds>(4), 4U);
  EXPECT_EQ(BoundOf<Bounds>(5), 100U);
  EXPECT_EQ(BoundOf<Bounds>(100), 100U);
  EXPECT_EQ(BoundOf<Bounds>(101), 0U);
}

TEST(HistogramSnapshot, AddsUp) {
  Histogram<ListedBounds<10>> a;
  Histogram<ListedBounds<10>> b;
  a.Observe(3);
  b.Observe(10);
  b.Observe(11);
  HistogramSnapshot<ListedBounds<10>> total = a.Read();
  total += b.Read();
  EXPECT_EQ(total.buckets[0], 2U);
  EXPECT_EQ(total.buckets[1], 1U);
  EXPECT_EQ(total.sum, 24U);
}

// TSan watches this one.
TEST(Histogram, IsReadWhileItIsWritten) {
  DurationHistogram histogram;
  std::thread writer([&histogram] {
    for (int i = 0; i < 10000; ++i) histogram.Observe(microseconds(i));
  });
  uint64_t seen = 0;
  while (seen < 10000) {
    const DurationHistogram::Snapshot snapshot = histogram.Read();
    seen = std::accumulate(snapshot.buckets.begin(), snapshot.buckets.end(), uint64_t{0});
  }
  writer.join();
}

}  // namespace
}  // namespace strata::base
