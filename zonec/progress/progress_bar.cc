// SPDX-License-Identifier: Apache-2.0
#include "zonec/progress/progress_bar.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace strata::zonec {
namespace {

constexpr double kFirstDraw = 0.5, kBetweenDraws = 0.1;  // seconds
constexpr size_t kWidest = 32, kNarrowest = 4;           // of the bar, in columns
constexpr size_t kAround = 17;  // columns of "checking [] 100%", and one that the cursor stands in
// ECMA-48: to the start of the line, and erase it.
constexpr absl::string_view kWipe = "\r\x1b[K";

absl::string_view DoingOf(Phase phase) {
  switch (phase) {
    case Phase::kRead:
      return "reading";
    case Phase::kParse:
      return "parsing";
    case Phase::kOrder:
      return "ordering";
    case Phase::kCheck:
      return "checking";
    case Phase::kBuild:
      return "building";
    case Phase::kWrite:
      break;
  }
  return "writing";
}

}  // namespace

double ProgressBar::Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

size_t ProgressBar::Columns() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

ProgressBar::ProgressBar(std::ostream* screen, Clock clock, size_t columns)
    : screen_(screen), clock_(std::move(clock)), columns_(columns), next_draw_(clock_() + kFirstDraw) {}

void ProgressBar::Begin(Phase phase) {
  phase_ = phase;
  Draw(absl::StrCat(DoingOf(phase), " …"));
}

void ProgressBar::Advance(size_t done, size_t all) {
  const size_t percent = all == 0 ? 100 : 100 * std::min(done, all) / all;
  if (columns_ < kAround + kNarrowest) return Draw(absl::StrFormat("%d%%", percent));
  const size_t width = std::min(kWidest, columns_ - kAround);
  const size_t filled = all == 0 ? width : width * std::min(done, all) / all;
  Draw(absl::StrFormat("%s [%s%s] %d%%", DoingOf(phase_), std::string(filled, '#'), std::string(width - filled, '.'),
                       percent));
}

void ProgressBar::Draw(absl::string_view line) {
  const double now = clock_();
  if (now < next_draw_) return;
  next_draw_ = now + kBetweenDraws;
  drawn_ = true;
  *screen_ << kWipe << line << std::flush;
}

void ProgressBar::Clear() {
  if (drawn_) *screen_ << kWipe << std::flush;
  drawn_ = false;
}

absl::StatusOr<bool> ShowsProgress(absl::string_view when, const Screen& screen) {
  if (when == "always") return true;
  if (when == "never") return false;
  if (when != "auto") {
    return absl::InvalidArgumentError(absl::StrCat("--progress=", when, " is none of auto, always, never"));
  }
  return screen.is_terminal && screen.term != "dumb";
}

}  // namespace strata::zonec
