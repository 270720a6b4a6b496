// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/stall_watch.h"

#include <sched.h>

#include <algorithm>

#include "absl/time/clock.h"

namespace strata::tests {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(1);

}  // namespace

StallWatch::StallWatch() {
  cpu_set_t ours;
  if (sched_getaffinity(0, sizeof(ours), &ours) != 0) return;
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(i, &ours)) threads_.emplace_back(&StallWatch::Run, this, i);
  }
}

StallWatch::~StallWatch() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
}

void StallWatch::Run(int processor) {
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(processor, &only);
  sched_setaffinity(0, sizeof(only), &only);  // of this thread
  absl::Time before = absl::Now();
  while (!stopping_) {
    absl::SleepFor(kPause);
    const absl::Time now = absl::Now();
    if (now - before > 2 * kPause) {
      const std::lock_guard<std::mutex> lock(mutex_);
      stalls_.emplace_back(before + kPause, now);
    }
    before = now;
  }
}

absl::Duration StallWatch::Longest(absl::Time begin, absl::Time end) const {
  absl::Duration longest;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [from, to] : stalls_) {
    if (to >= begin && from < end) longest = std::max(longest, to - from);
  }
  return longest;
}

}  // namespace strata::tests
