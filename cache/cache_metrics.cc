// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_metrics.h"

#include <cstdint>
#include <utility>

#include "cache/cache_statistics.h"

namespace strata::cache {
namespace {

using base::MetricType;

// The words for FillOutcome.
constexpr const char* kFillResults[kFillOutcomes] = {
    "stored", "failure", "not_cacheable", "no_room", "refused_without_lease", "refused_another_question",
};

void WriteLookups(const CacheStatistics& statistics, base::MetricsWriter* writer) {
  writer->Family("strata_cache_lookups_total", MetricType::kCounter,
                 "Lookups, by result: hit, miss, or parked until somebody's miss is resolved.");
  writer->Sample({{"result", "hit"}}, statistics.hits);
  writer->Sample({{"result", "miss"}}, statistics.misses);
  writer->Sample({{"result", "parked"}}, statistics.parked);
  writer->Family("strata_cache_peeks_total", MetricType::kCounter, "Looks that lease and park nothing, by result.");
  writer->Sample({{"result", "hit"}}, statistics.peek_hits);
  writer->Sample({{"result", "miss"}}, statistics.peek_misses);
  writer->Family("strata_cache_fills_total", MetricType::kCounter,
                 "Answers that frontends brought, by what became of them.");
  for (size_t i = 0; i < kFillOutcomes; ++i) writer->Sample({{"result", kFillResults[i]}}, statistics.fills[i]);
}

void WriteStore(const CacheStatistics& statistics, size_t limit, base::MetricsWriter* writer) {
  writer->Family("strata_cache_entries", MetricType::kGauge, "Answers stored.");
  writer->Sample({}, statistics.entries);
  writer->Family("strata_cache_stored_bytes", MetricType::kGauge, "Memory that they take, with their index.");
  writer->Sample({}, statistics.bytes);
  writer->Family("strata_cache_limit_bytes", MetricType::kGauge, "The most that they may take (memory).");
  writer->Sample({}, limit);
  writer->Family("strata_cache_evictions_total", MetricType::kCounter,
                 "Answers dropped before their time for want of room.");
  writer->Sample({}, statistics.store.evictions);
  writer->Family("strata_cache_expired_total", MetricType::kCounter, "Answers dropped after their time.");
  writer->Sample({}, statistics.store.expired);
}

void WriteLeases(const CacheStatistics& statistics, base::MetricsWriter* writer) {
  const LeaseStatistics& lease = statistics.lease;
  writer->Family("strata_cache_leases", MetricType::kGauge, "Leases: answers being resolved now.");
  writer->Sample({}, statistics.leases);
  writer->Family("strata_cache_parked_lookups", MetricType::kGauge, "Lookups that wait for one of them.");
  writer->Sample({}, statistics.parked_now);
  writer->Family("strata_cache_lease_events_total", MetricType::kCounter,
                 "What happened to leases. Those expired or released went to who had waited for longest: handed_over.");
  const std::pair<const char*, uint64_t> events[] = {{"granted", lease.granted},
                                                     {"renewed", lease.renewed},
                                                     {"expired", lease.expired},
                                                     {"released", lease.released},
                                                     {"handed_over", lease.handovers}};
  for (const auto& [event, count] : events) writer->Sample({{"event", event}}, count);
  writer->Family("strata_cache_limit_reached_total", MetricType::kCounter,
                 "Misses without a lease, so that several may resolve one name: too many leases, or too many parked.");
  writer->Sample({{"limit", "leases"}}, lease.unleased);
  writer->Sample({{"limit", "parked"}}, lease.unparkable);
}

}  // namespace

void WriteCacheMetrics(const AnswerCache& cache, base::MetricsWriter* writer) {
  const CacheStatistics statistics = cache.statistics();
  WriteLookups(statistics, writer);
  WriteStore(statistics, cache.options().memory_bytes, writer);
  WriteLeases(statistics, writer);
}

}  // namespace strata::cache
