// What one worker counts of names that are resolved elsewhere.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_RECURSION_RECURSION_METRICS_H_
#define STRATA_FRONTEND_RECURSION_RECURSION_METRICS_H_

#include "base/metrics.h"

namespace strata::frontend {

// Written by one worker, read by any thread.
struct RecursionMetrics {
  // What the cache said: it knows; it does not, and we are to find out; it does not, and somebody else finds out.
  base::Counter hits;
  base::Counter misses;
  base::Counter parked;
  // Answers that were given to the cache.
  base::Counter fills;
  // Questions that were turned away because as many were under way as may.
  base::Counter refused;
  // Questions under way.
  base::Gauge under_way;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_RECURSION_RECURSION_METRICS_H_
