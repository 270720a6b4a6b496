// What the authority counts, for /metrics, and whether it is ready, for /readyz.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_AUTHORITY_METRICS_H_
#define STRATA_AUTHORITY_AUTHORITY_METRICS_H_

#include <array>
#include <deque>
#include <mutex>

#include "authority/snapshot_store.h"
#include "authority/zone_catalog.h"
#include "base/admin_pages.h"
#include "base/metrics.h"
#include "base/metrics_text.h"
#include "dns/metric_label.h"

namespace strata::authority {

// Of one worker, which is the only one to write them.
struct alignas(base::kCacheLineSize) AnswerMetrics {
  std::array<base::Counter, dns::kTypeLabels> queries;
  std::array<base::Counter, dns::kRcodeLabels> answers;
  base::Counter truncated;
  base::Counter too_costly;  // answers made SERVFAIL because their proofs would cost too much
  base::Counter damaged;     // answers that zone data, which could not be read, made SERVFAIL
};

// Thread-safe.
class AuthorityMetrics {
 public:
  // The counters of a new worker, which live as long as this.
  AnswerMetrics* AddWorker();

  // The sums over all workers.
  void Write(base::MetricsWriter* writer) const;

 private:
  // The sum of what `member(worker)` is of each worker.
  template <typename Member>
  uint64_t Sum(const Member& member) const;

  mutable std::mutex mutex_;  // guards the list, not what is counted
  std::deque<AnswerMetrics> workers_;
};

// What is served, and what became of the snapshots that it came from.
void WriteZoneMetrics(const ZoneCatalog& catalog, const SnapshotMetrics& snapshots, base::MetricsWriter* writer);

// Not ready while no zone is loaded. What is served stays ready when the snapshots directory cannot be read any more.
base::Readiness GetReadiness(const ZoneCatalog& catalog, const SnapshotStore& store);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_AUTHORITY_METRICS_H_
