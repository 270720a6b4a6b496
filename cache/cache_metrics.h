// A cache's statistics as Prometheus reads them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_METRICS_H_
#define STRATA_CACHE_CACHE_METRICS_H_

#include "base/metrics_text.h"
#include "cache/answer_cache.h"

namespace strata::cache {

// Thread-safe. Takes each part's lock for a moment.
void WriteCacheMetrics(const AnswerCache& cache, base::MetricsWriter* writer);

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_METRICS_H_
