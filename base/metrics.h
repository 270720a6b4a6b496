// Numbers that the threads of a service keep and a scrape of /metrics reads (metrics_text.h writes them).
//
//   struct alignas(kCacheLineSize) WorkerMetrics {   // one for each thread: no line is written by two cores
//     Counter queries;
//     std::array<Counter, kRcodes> responses;
//     DurationHistogram resolve_time;                // histogram.h
//   };
//
// One thread writes, any thread reads. Adding is a load and a store without a locked instruction; a scrape adds up
// the threads' values. It sees each number as of some moment of the scrape, and no two as of the same one.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_METRICS_H_
#define STRATA_BASE_METRICS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace strata::base {

// Threads that write within so many octets of each other slow each other down.
inline constexpr size_t kCacheLineSize = 64;

// What only grows. Starts at 0.
class Counter {
 public:
  Counter() = default;
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  // By the one thread that writes.
  void Add(uint64_t n = 1) { value_.store(value() + n, std::memory_order_relaxed); }

  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

// A counter of what several threads do, or one thread after another; rare events only: they contend for its line.
class SharedCounter {
 public:
  SharedCounter() = default;
  SharedCounter(const SharedCounter&) = delete;
  SharedCounter& operator=(const SharedCounter&) = delete;

  void Add(uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }

  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

// What rises and falls. Starts at 0.
class Gauge {
 public:
  Gauge() = default;
  Gauge(const Gauge&) = delete;
  Gauge& operator=(const Gauge&) = delete;

  // By the one thread that writes.
  void Set(int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void Add(int64_t n) { Set(value() + n); }

  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_{0};
};

}  // namespace strata::base

#endif  // STRATA_BASE_METRICS_H_
