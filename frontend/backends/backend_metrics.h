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
  // Backends whose stream stands.
  base::Gauge up;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_METRICS_H_
