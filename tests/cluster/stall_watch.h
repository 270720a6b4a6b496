// Tells a machine that stood still from a server that did.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_STALL_WATCH_H_
#define STRATA_TESTS_CLUSTER_STALL_WATCH_H_

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace strata::tests {

// A thread on each processor that wants to run each millisecond, from construction to destruction, and notes when it
// could not: something else had that processor, or the whole of a virtual machine. Thread-safe.
class StallWatch {
 public:
  StallWatch();
  ~StallWatch();
  StallWatch(const StallWatch&) = delete;
  StallWatch& operator=(const StallWatch&) = delete;

  // The longest time for which one of them had to wait, of those that touch the time from `begin` to `end`.
  absl::Duration Longest(absl::Time begin, absl::Time end) const;

 private:
  void Run(int processor);

  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<std::pair<absl::Time, absl::Time>> stalls_;  // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_STALL_WATCH_H_
