// How long answers take, and after how long one is late.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_ANSWER_TIMES_H_
#define STRATA_FRONTEND_BACKENDS_ANSWER_TIMES_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace strata::frontend {

// Counts the answers of one kind of backend by the time that they took, in steps of a quarter of an octave. What it
// counted loses half its weight a second, so it forgets within some seconds. Not thread-safe.
class AnswerTimes {
 public:
  // An answer that takes less is never late: nothing would be gained.
  static constexpr absl::Duration kLeastPatience = absl::Milliseconds(2);
  // Until enough answers have come to learn from.
  static constexpr absl::Duration kFirstPatience = absl::Milliseconds(50);

  void Record(absl::Duration time) { ++counts_[StepOf(absl::ToInt64Microseconds(time))]; }
  // To be called now and then, with the time since the last call.
  void OnTick(absl::Duration since_last);

  // Who has waited for longer may ask somebody else: what 99 of 100 answers take, and at least twice what half of them
  // take, so that this is rare even when all are equally slow.
  absl::Duration patience() const { return patience_; }

 private:
  static constexpr size_t kSteps = 96;  // up to 2^24 µs
  static constexpr uint32_t kEnough = 20;

  static size_t StepOf(int64_t microseconds);
  // The time that every answer up to that step has taken less than.
  static absl::Duration EndOf(size_t step);
  // That so many of the answers take less than.
  absl::Duration TimeOf(uint32_t answers) const;
  void Learn();

  std::array<uint32_t, kSteps> counts_{};
  absl::Duration since_learned_;
  absl::Duration patience_ = kFirstPatience;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_ANSWER_TIMES_H_
