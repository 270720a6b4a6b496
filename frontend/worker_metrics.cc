// SPDX-License-Identifier: Apache-2.0
#include "frontend/worker_metrics.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace strata::frontend {
namespace {

using base::MetricType;
using Workers = absl::Span<const WorkerMetrics>;

// The sum over workers of what `get` finds in one.
template <typename Get>
auto Sum(Workers workers, Get get) {
  decltype(get(workers[0]).value()) sum = 0;
  for (const WorkerMetrics& worker : workers) sum += get(worker).value();
  return sum;
}

const BackendMetrics& AuthorityOf(const WorkerMetrics& worker) { return *worker.authority; }
const BackendMetrics& RecursorsOf(const WorkerMetrics& worker) { return *worker.recursors; }
const BackendMetrics& MembersOf(const WorkerMetrics& worker) { return *worker.members; }

// One sample for each kind of backend.
template <typename Member>
void WriteByKind(Workers workers, Member BackendMetrics::*member, base::MetricsWriter* writer) {
  using Kind = std::pair<const char*, const BackendMetrics& (*)(const WorkerMetrics&)>;
  for (const auto& [kind, of] :
       {Kind("authority", AuthorityOf), Kind("cache", MembersOf), Kind("recursor", RecursorsOf)}) {
    const auto get = of;
    writer->Sample({{"kind", kind}}, Sum(
                                         workers, [&](const WorkerMetrics& w) -> auto& { return get(w).*member; }));
  }
}

void WriteBackends(Workers workers, base::MetricsWriter* writer) {
  writer->Family("strata_frontend_backend_queries_total", MetricType::kCounter,
                 "Queries sent to backends, second tries included.");
  WriteByKind(workers, &BackendMetrics::queries, writer);
  writer->Family("strata_frontend_backend_streams_up", MetricType::kGauge,
                 "Streams to backends that stand; each worker has one to each backend.");
  WriteByKind(workers, &BackendMetrics::up, writer);
  writer->Family("strata_frontend_backend_streams_lost_total", MetricType::kCounter, "Streams to backends that broke.");
  WriteByKind(workers, &BackendMetrics::lost, writer);
  writer->Family("strata_frontend_backend_streams_hung_total", MetricType::kCounter,
                 "Streams that were broken because the backend gave no sign of life.");
  WriteByKind(workers, &BackendMetrics::hung, writer);
  writer->Family("strata_frontend_backends_draining", MetricType::kGauge,
                 "Streams to backends that are about to leave: they get no queries where others are.");
  WriteByKind(workers, &BackendMetrics::draining, writer);
  writer->Family("strata_frontend_backends_ejected", MetricType::kGauge,
                 "Backends that get no queries for a while, as each worker sees them, because their answers were bad.");
  WriteByKind(workers, &BackendMetrics::ejected, writer);
  writer->Family("strata_frontend_backend_ejections_total", MetricType::kCounter, "Times that a backend was ejected.");
  WriteByKind(workers, &BackendMetrics::ejections, writer);
  writer->Family("strata_frontend_backend_retries_total", MetricType::kCounter,
                 "Queries that another backend was asked because the answer of the first was bad.");
  WriteByKind(workers, &BackendMetrics::retries, writer);
  writer->Family("strata_frontend_backend_hedges_total", MetricType::kCounter,
                 "Queries that another backend was asked besides because the first was late.");
  WriteByKind(workers, &BackendMetrics::hedges, writer);
  writer->Family("strata_frontend_backend_hedges_won_total", MetricType::kCounter,
                 "Those of them that the other backend answered first.");
  WriteByKind(workers, &BackendMetrics::hedges_won, writer);
  writer->Family("strata_frontend_backend_over_budget_total", MetricType::kCounter,
                 "Second tries that were not made because the budget for them was used up.");
  WriteByKind(workers, &BackendMetrics::over_budget, writer);
}

void WriteRecursion(Workers workers, base::MetricsWriter* writer) {
  using Result = std::pair<const char*, base::Counter RecursionMetrics::*>;
  writer->Family("strata_frontend_cache_lookups_total", MetricType::kCounter,
                 "What the cache said; parked: somebody else is finding out.");
  for (const auto& [result, member] :
       {Result("hit", &RecursionMetrics::hits), Result("miss", &RecursionMetrics::misses),
        Result("parked", &RecursionMetrics::parked)}) {
    const auto counter = member;
    writer->Sample({{"result", result}},
                   Sum(
                       workers, [&](const WorkerMetrics& w) -> auto& { return w.recursion->*counter; }));
  }
  writer->Family("strata_frontend_cache_fills_total", MetricType::kCounter, "Answers given to the cache.");
  writer->Sample({}, Sum(
                         workers, [](const WorkerMetrics& w) -> auto& { return w.recursion->fills; }));
  writer->Family("strata_frontend_resolutions_refused_total", MetricType::kCounter,
                 "Questions turned away because as many were being resolved as may.");
  writer->Sample({}, Sum(
                         workers, [](const WorkerMetrics& w) -> auto& { return w.recursion->refused; }));
  writer->Family("strata_frontend_resolutions", MetricType::kGauge, "Questions being looked up or resolved.");
  writer->Sample({}, Sum(
                         workers, [](const WorkerMetrics& w) -> auto& { return w.recursion->under_way; }));
}

void WriteStreams(Workers workers, base::MetricsWriter* writer) {
  const auto one = [&](absl::string_view name, MetricType type, absl::string_view help, auto member) {
    writer->Family(name, type, help);
    writer->Sample({}, Sum(
                           workers, [&](const WorkerMetrics& w) -> auto& { return w.streams->*member; }));
  };
  one("strata_frontend_tcp_connections", MetricType::kGauge, "TCP connections that are open.", &StreamCounters::open);
  one("strata_frontend_tcp_held_bytes", MetricType::kGauge, "Unsent answers and unfinished messages of connections.",
      &StreamCounters::held_octets);
  one("strata_frontend_tcp_accepted_total", MetricType::kCounter, "TCP connections that were accepted.",
      &StreamCounters::accepted);
  one("strata_frontend_tcp_refused_total", MetricType::kCounter,
      "TCP connections closed at once: all that could have made room had work.", &StreamCounters::refused);
  one("strata_frontend_tcp_paused_total", MetricType::kCounter,
      "Times that a client was read no further until it had, or took, its answers.", &StreamCounters::pauses);
  one("strata_frontend_tcp_out_of_files_total", MetricType::kCounter, "Times that no file descriptor was free.",
      &StreamCounters::out_of_files);
  writer->Family("strata_frontend_tcp_closed_total", MetricType::kCounter, "TCP connections that ended, by reason.");
  for (size_t i = 0; i < kCloseReasons; ++i) {
    writer->Sample({{"reason", CloseReasonName(static_cast<CloseReason>(i))}},
                   Sum(
                       workers, [=](const WorkerMetrics& w) -> auto& { return w.streams->closed[i]; }));
  }
}

}  // namespace

void WriteWorkerMetrics(Workers workers, base::MetricsWriter* writer) {
  std::vector<const QueryMetrics*> queries;
  for (const WorkerMetrics& worker : workers) queries.push_back(worker.queries);
  QueryMetrics::Write(queries, writer);
  WriteBackends(workers, writer);
  WriteRecursion(workers, writer);
  WriteStreams(workers, writer);
}

}  // namespace strata::frontend
