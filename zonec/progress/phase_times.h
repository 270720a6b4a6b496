// How long each phase of a compilation takes, and the memory that was needed: what --stats prints.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PROGRESS_PHASE_TIMES_H_
#define STRATA_ZONEC_PROGRESS_PHASE_TIMES_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "zonec/progress/progress.h"

namespace strata::zonec {

// In seconds since some time in the past.
struct Times {
  double elapsed = 0;
  double cpu = 0;          // of all threads of the process, spent in user mode
  size_t peak_memory = 0;  // octets, the most that was resident up to now

  static Times Now();
};

// Measures, and passes on what it is told.
class PhaseTimes final : public Progress {
 public:
  // `next` must outlive this.
  explicit PhaseTimes(Progress* next, std::function<Times()> clock = Times::Now);

  void Begin(Phase phase) override;
  void Advance(size_t done, size_t all) override { next_->Advance(done, all); }
  // The last phase is over.
  void End();

  // A table: a line for each phase, in the order in which they began, and their sum.
  std::string ToText() const;

 private:
  struct Measured {
    Phase phase;
    Times times;
  };

  Progress* next_;
  std::function<Times()> clock_;
  Times begun_;
  bool running_ = false;
  std::vector<Measured> phases_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PROGRESS_PHASE_TIMES_H_
