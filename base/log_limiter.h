// Bounds the lines of one log statement, for events that peers or clients can cause.
//
//   LogLimiter broken_streams_{/*max_lines=*/10, absl::Seconds(1)};   // a member, or a static
//   broken_streams_.Log(clock.MonotonicNow(), LogLevel::kWarning, "stream broken", {{"backend", name}});
//
// In each interval the first `max_lines` events are written and the others counted; the first line after that
// ends in suppressed=N. Thread-safe.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_LOG_LIMITER_H_
#define STRATA_BASE_LOG_LIMITER_H_

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/log.h"

namespace strata::base {

class LogLimiter {
 public:
  // REQUIRES: max_lines > 0, interval > 0.
  LogLimiter(int max_lines, absl::Duration interval)
      : max_lines_(max_lines), interval_(absl::ToChronoNanoseconds(interval)) {}

  // Log(level, …) unless the events of this interval have had their lines. Events below the lowest level do not
  // count.
  void Log(MonotonicTime now, LogLevel level, absl::string_view message, std::initializer_list<LogField> fields = {});

  // Whether an event at `now` may be written: the number of events left out since the last one that was, or
  // nullopt if not.
  std::optional<int64_t> Admit(MonotonicTime now);

 private:
  const int max_lines_;
  const std::chrono::nanoseconds interval_;

  std::mutex mutex_;  // guards all below
  std::optional<MonotonicTime> interval_start_;
  int lines_ = 0;
  int64_t suppressed_ = 0;
};

}  // namespace strata::base

#endif  // STRATA_BASE_LOG_LIMITER_H_
