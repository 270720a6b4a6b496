// A fixed window of events.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/log_limiter.h"

#include <utility>
#include <vector>

namespace strata::base {

std::optional<int64_t> LogLimiter::Admit(MonotonicTime now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!interval_start_ || now - *interval_start_ >= interval_) {
    interval_start_ = now;
    lines_ = 0;
  }
  if (lines_ == max_lines_) {
    ++suppressed_;
    return std::nullopt;
  }
  ++lines_;
  return std::exchange(suppressed_, 0);
}

void LogLimiter::Log(MonotonicTime now, LogLevel level, absl::string_view message,
                     std::initializer_list<LogField> fields) {
  if (!LogEnabled(level)) return;
  const std::optional<int64_t> suppressed = Admit(now);
  if (!suppressed) return;
  std::vector<LogField> all(fields);
  if (*suppressed > 0) all.push_back({"suppressed", *suppressed});
  base::Log(level, message, all);
}

}  // namespace strata::base
