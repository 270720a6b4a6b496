// Metrics of the process itself, under the names that all Prometheus clients use (process_…), and
// strata_build_info.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_PROCESS_METRICS_H_
#define STRATA_BASE_PROCESS_METRICS_H_

#include "absl/strings/string_view.h"
#include "base/metrics_text.h"

namespace strata::base {

// Writes CPU time, memory, threads, open files with their limit and the time of the start, all read from /proc now
// (what cannot be read is left out); and strata_build_info{service,version} 1. Thread-safe.
void WriteProcessMetrics(absl::string_view service, MetricsWriter* writer);

}  // namespace strata::base

#endif  // STRATA_BASE_PROCESS_METRICS_H_
