// What one worker counts of its backends of one kind.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_METRICS_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_METRICS_H_

#include "base/metrics.h"

namespace strata::frontend {

// Written by one worker, read by any thread.
struct BackendMetrics {
  // Queries that were sent, second tries included.
  base::Counter queries;
  // Streams that broke, and those of them that we broke because they were silent.
  base::Counter lost;
  base::Counter hung;
  // Backends whose stream stands; those of them that drain; and those that get no queries for what they did to earlier
  // ones, with or without a stream.
  base::Gauge up;
  base::Gauge draining;
  base::Gauge ejected;
  // How often one was ejected.
  base::Counter ejections;
  // Queries that were asked a second time: of another backend after a bad answer; of another because the first was
  // late, and those of them that the other answered first.
  base::Counter retries;
  base::Counter hedges;
  base::Counter hedges_won;
  // Those that were not, because the budget was used up.
  base::Counter over_budget;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_METRICS_H_
