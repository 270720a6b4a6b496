// A line on a terminal that shows how far a compilation has come.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PROGRESS_PROGRESS_BAR_H_
#define STRATA_ZONEC_PROGRESS_PROGRESS_BAR_H_

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "zonec/colour_choice.h"
#include "zonec/progress/progress.h"

namespace strata::zonec {

// Draws nothing in the first half second: most zones are compiled by then. Afterwards the line is drawn again ten times
// a second at most, and wiped away in the end.
class ProgressBar final : public Progress {
 public:
  // Seconds since some time in the past.
  using Clock = std::function<double()>;

  static double Now();

  // Of the terminal that standard error is, or 80: a line that were wrapped could not be wiped away.
  static size_t Columns();

  // `screen` must outlive this.
  explicit ProgressBar(std::ostream* screen, Clock clock = Now, size_t columns = Columns());
  ~ProgressBar() override { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Begin(Phase phase) override;
  void Advance(size_t done, size_t all) override;
  // Wipes the line away, for something else to be printed.
  void Clear();

 private:
  void Draw(absl::string_view line);

  std::ostream* screen_;
  Clock clock_;
  size_t columns_;
  double next_draw_;
  bool drawn_ = false;
  Phase phase_ = Phase::kRead;
};

// `when` is --progress: "always", "never", or "auto", which means on terminals that can wipe a line.
absl::StatusOr<bool> ShowsProgress(absl::string_view when, const Screen& screen);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PROGRESS_PROGRESS_BAR_H_
