// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/stall_watch.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace strata::tests {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(1);

}  // namespace

StallWatch::StallWatch() : thread_([this] { Run(); }) {}

StallWatch::~StallWatch() {
  stopping_ = true;
  thread_.join();
}

void StallWatch::Run() {
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
