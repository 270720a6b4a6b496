// Histograms for metrics: how many observations fell at or below each of some fixed bounds, and their sum.
//
//   DurationHistogram time;               // a thread's own
//   time.Observe(clock.MonotonicNow() - start);
//   …
//   DurationHistogram::Snapshot total;    // at a scrape
//   for (const WorkerMetrics& worker : workers) total += worker.time.Read();
//
// As in metrics.h, one thread writes and any reads, without locks. An observation costs two loads and two stores.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_HISTOGRAM_H_
#define STRATA_BASE_HISTOGRAM_H_

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/metrics.h"

namespace strata::base {

// Bounds of times, observed in nanoseconds and shown in seconds: 62.5 µs · 2^n up to 8.192 s. From 250 µs on they are
// CoreDNS's, so that its dashboards fit; an answer from the memory of this machine takes less than its smallest.
struct DurationBounds {
  static constexpr size_t kCount = 18;
  static constexpr double kUnit = 1e-9;
  static constexpr uint64_t kSmallest = 62500;

  static constexpr uint64_t Bound(size_t bucket) { return kSmallest << bucket; }
  // The first bucket whose bound is at least `value`; kCount if there is none.
  static constexpr size_t BucketOf(uint64_t value) {
    if (value == 0) return 0;
    return std::min<size_t>(std::bit_width((value - 1) / kSmallest), kCount);
  }
};

// Bounds given one by one, rising, in the unit that is shown: octets, questions.
template <uint64_t... bounds>
struct ListedBounds {
  static constexpr size_t kCount = sizeof...(bounds);
  static constexpr double kUnit = 1;
  static constexpr std::array<uint64_t, kCount> kBounds = {bounds...};
  static_assert(std::is_sorted(kBounds.begin(), kBounds.end()));

  static constexpr uint64_t Bound(size_t bucket) { return kBounds[bucket]; }
  static constexpr size_t BucketOf(uint64_t value) {
    size_t bucket = 0;
    while (bucket < kCount && kBounds[bucket] < value) ++bucket;
    return bucket;
  }
};

// Octets of a DNS message: CoreDNS's bounds, and 1232, the usual limit over UDP.
using MessageSizeBounds =
    ListedBounds<100, 200, 300, 400, 511, 1023, 1232, 2047, 4095, 8191, 16000, 32000, 48000, 64000>;
// Items of a batch: powers of two up to the limit of the protocols.
using BatchSizeBounds = ListedBounds<1, 2, 4, 8, 16, 32, 64, 128, 256, 512>;

// Numbers read from one histogram, or added up from several.
template <typename Bounds>
struct HistogramSnapshot {
  std::array<uint64_t, Bounds::kCount + 1> buckets{};  // not cumulative; the last: above all bounds
  uint64_t sum = 0;                                    // in observed units, such as nanoseconds

  HistogramSnapshot& operator+=(const HistogramSnapshot& other) {
    for (size_t i = 0; i < buckets.size(); ++i) buckets[i] += other.buckets[i];
    sum += other.sum;
    return *this;
  }
};

template <typename Bounds>
class Histogram {
 public:
  using Snapshot = HistogramSnapshot<Bounds>;

  // By the one thread that writes.
  void Observe(uint64_t value) {
    buckets_[Bounds::BucketOf(value)].Add();
    sum_.Add(value);
  }

  Snapshot Read() const {
    Snapshot snapshot;
    for (size_t i = 0; i < buckets_.size(); ++i) snapshot.buckets[i] = buckets_[i].value();
    snapshot.sum = sum_.value();
    return snapshot;
  }

 private:
  std::array<Counter, Bounds::kCount + 1> buckets_;
  Counter sum_;
};

// Of times. A negative one, which no monotonic clock gives, counts as 0.
class DurationHistogram : public Histogram<DurationBounds> {
 public:
  void Observe(std::chrono::nanoseconds time) {
    Histogram::Observe(static_cast<uint64_t>(std::max<int64_t>(time.count(), 0)));
  }
};

using MessageSizeHistogram = Histogram<MessageSizeBounds>;
using BatchSizeHistogram = Histogram<BatchSizeBounds>;

}  // namespace strata::base

#endif  // STRATA_BASE_HISTOGRAM_H_
