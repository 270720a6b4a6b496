// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/answer_times.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace strata::frontend {
namespace {

constexpr absl::Duration kPeriod = absl::Seconds(1);

}  // namespace

// Four steps an octave: the two bits below the highest one tell them apart. Up to 7 µs each has its own.
size_t AnswerTimes::StepOf(int64_t microseconds) {
  const auto time = static_cast<uint64_t>(std::max<int64_t>(microseconds, 0));
  if (time < 4) return time;
  const auto octave = static_cast<size_t>(std::bit_width(time)) - 1;
  return std::min((octave - 1) * 4 + (time >> (octave - 2) & 3), kSteps - 1);
}

absl::Duration AnswerTimes::EndOf(size_t step) {
  if (step < 4) return absl::Microseconds(step + 1);
  const size_t octave = step / 4 + 1;
  return absl::Microseconds((uint64_t{4} + step % 4 + 1) << (octave - 2));
}

absl::Duration AnswerTimes::TimeOf(uint32_t answers) const {
  size_t step = 0;
  for (uint32_t seen = 0; step < kSteps - 1; ++step) {
    seen += counts_[step];
    if (seen >= answers) break;
  }
  return EndOf(step);
}

void AnswerTimes::OnTick(absl::Duration since_last) {
  since_learned_ += since_last;
  if (since_learned_ < kPeriod) return;
  since_learned_ = absl::ZeroDuration();
  Learn();
}

void AnswerTimes::Learn() {
  const uint32_t all = std::accumulate(counts_.begin(), counts_.end(), uint32_t{0});
  // With few answers, what was learned before is the better guess.
  if (all < kEnough) return;
  patience_ = std::max({kLeastPatience, TimeOf(all - all / 100), 2 * TimeOf(all / 2)});
  for (uint32_t& count : counts_) count /= 2;
}

}  // namespace strata::frontend
