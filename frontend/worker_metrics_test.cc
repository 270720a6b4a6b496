// SPDX-License-Identifier: Apache-2.0
#include "frontend/worker_metrics.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::HasSubstr;

struct Worker {
  QueryMetrics queries;
  BackendMetrics authority, members;
  BackendMetrics recursors;
  RecursionMetrics recursion;
  StreamCounters streams;

  WorkerMetrics View() const { return {&queries, &authority, &members, &recursors, &recursion, &streams}; }
};

TEST(WorkerMetricsTest, WorkersAddUp) {
  Worker first;
  Worker second;
  first.queries.pending.Set(1);
  second.queries.pending.Set(2);
  first.authority.queries.Add(10);
  second.authority.queries.Add(5);
  first.authority.up.Set(2);
  second.authority.up.Set(1);
  first.recursors.hung.Add();
  second.members.lost.Add(3);
  first.recursion.hits.Add(7);
  second.recursion.parked.Add(8);
  second.recursion.under_way.Set(4);
  first.streams.Closed(CloseReason::kSlow).Add(2);
  second.streams.open.Set(6);
  base::MetricsWriter writer;
  WriteWorkerMetrics({first.View(), second.View()}, &writer);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  for (const char* line :
       {"strata_frontend_pending_queries 3", R"(strata_frontend_backend_queries_total{kind="authority"} 15)",
        R"(strata_frontend_backend_queries_total{kind="recursor"} 0)",
        R"(strata_frontend_backend_streams_up{kind="authority"} 3)",
        R"(strata_frontend_backend_streams_hung_total{kind="recursor"} 1)",
        R"(strata_frontend_backend_streams_lost_total{kind="cache"} 3)",
        R"(strata_frontend_cache_lookups_total{result="hit"} 7)",
        R"(strata_frontend_cache_lookups_total{result="parked"} 8)", "strata_frontend_resolutions 4",
        R"(strata_frontend_tcp_closed_total{reason="slow"} 2)", "strata_frontend_tcp_connections 6"}) {
    EXPECT_THAT(writer.text(), HasSubstr(line + std::string("\n")));
  }
}

}  // namespace
}  // namespace strata::frontend
