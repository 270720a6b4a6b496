// Counts of latencies in buckets whose width grows with the value: constant size and cost, percentiles within 2 %.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_LATENCY_HISTOGRAM_H_
#define STRATA_BENCH_LATENCY_HISTOGRAM_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace strata::bench {

// Not thread-safe. Values are nanoseconds.
class LatencyHistogram {
 public:
  void Record(uint64_t nanoseconds);

  uint64_t count() const { return count_; }

  // The upper bound of the bucket that holds the value at `fraction` (0 to 1) of all recorded values, in order; 0 if
  // there are none.
  uint64_t Percentile(double fraction) const;

 private:
  // Each power of two is cut into 64 buckets of equal width; below 64 every value has its own.
  static constexpr int kSubBucketBits = 6;
  static constexpr size_t kSubBuckets = size_t{1} << kSubBucketBits;
  static constexpr size_t kBuckets = (64 - kSubBucketBits + 1) * kSubBuckets;

  static size_t BucketOf(uint64_t value);
  static uint64_t UpperBound(size_t bucket);

  std::array<uint64_t, kBuckets> buckets_{};
  uint64_t count_ = 0;
};

}  // namespace strata::bench

#endif  // STRATA_BENCH_LATENCY_HISTOGRAM_H_
