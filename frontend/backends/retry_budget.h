// How many queries may be asked a second time.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_RETRY_BUDGET_H_
#define STRATA_FRONTEND_BACKENDS_RETRY_BUDGET_H_

#include <algorithm>
#include <cstdint>

#include "absl/time/time.h"

namespace strata::frontend {

// Second tries of whatever kind (after a bad answer, or because the first takes long) are one in ten queries at most,
// so that backends in trouble never get much more work for it. A reserve serves bursts, such as a batch that a damaged
// replica got, and a trickle serves who asks little. Not thread-safe.
class RetryBudget {
 public:
  static constexpr int64_t kQueriesPerRetry = 10;
  // A whole batch may go wrong.
  static constexpr int64_t kReserve = 512;
  static constexpr int64_t kRetriesPerSecond = 10;

  // A query was asked for the first time.
  void OnQuery() { tenths_ += tenths_ < kFull; }
  // Whether one may be asked again; it then counts.
  bool Take() {
    if (tenths_ < kQueriesPerRetry) return false;
    tenths_ -= kQueriesPerRetry;
    return true;
  }
  // To be called now and then, with the time since the last call.
  void OnTick(absl::Duration since_last) {
    const absl::Duration counted = std::min(since_last, absl::Seconds(1));
    const int64_t earned = absl::ToInt64Milliseconds(counted) * kRetriesPerSecond * kQueriesPerRetry / 1000;
    tenths_ = std::min(tenths_ + earned, kFull);
  }

 private:
  static constexpr int64_t kFull = kReserve * kQueriesPerRetry;

  int64_t tenths_ = kFull;  // of a retry
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_RETRY_BUDGET_H_
