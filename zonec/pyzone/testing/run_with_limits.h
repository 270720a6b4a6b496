// A Run for tests of what it takes to have one.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TESTING_RUN_WITH_LIMITS_H_
#define STRATA_ZONEC_PYZONE_TESTING_RUN_WITH_LIMITS_H_

#include <string>

#include "zonec/diagnostics.h"
#include "zonec/pyzone/limits.h"
#include "zonec/pyzone/values/run.h"

namespace strata::zonec::pyzone {

struct RunWithLimits {
  explicit RunWithLimits(const Limits& run_limits = {}) : limits(run_limits) {}

  // The message of the first error, or "no error".
  std::string error() const {
    const auto sorted = diagnostics.Sorted(1);
    return sorted.empty() ? "no error" : sorted[0]->message;
  }

  Limits limits;
  Diagnostics diagnostics;
  Run run{&limits, &diagnostics};
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TESTING_RUN_WITH_LIMITS_H_
