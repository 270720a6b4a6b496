// The frontend's metrics, added up over its workers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_WORKER_METRICS_H_
#define STRATA_FRONTEND_WORKER_METRICS_H_

#include "absl/types/span.h"
#include "base/metrics_text.h"
#include "frontend/backends/backend_metrics.h"
#include "frontend/net/stream_counters.h"
#include "frontend/query/query_metrics.h"
#include "frontend/recursion/recursion_metrics.h"

namespace strata::frontend {

// Where one worker counts; it outlives this.
struct WorkerMetrics {
  const QueryMetrics* queries = nullptr;
  const BackendMetrics* authority = nullptr;
  const BackendMetrics* members = nullptr;
  const BackendMetrics* recursors = nullptr;
  const RecursionMetrics* recursion = nullptr;
  const StreamCounters* streams = nullptr;
};

// Any thread.
void WriteWorkerMetrics(absl::Span<const WorkerMetrics> workers, base::MetricsWriter* writer);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_WORKER_METRICS_H_
