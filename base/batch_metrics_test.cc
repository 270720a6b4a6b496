// Tests that workers are added up. What is counted when: batch_stream_server_test.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/batch_metrics.h"

#include <chrono>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::HasSubstr;

TEST(BatchMetrics, AddsUpWorkers) {
  BatchMetrics workers[2];
  workers[0].streams.Add(3);
  workers[1].streams.Add(2);
  workers[1].streams.Add(-1);
  for (BatchMetrics& worker : workers) {
    worker.CountBatch(5, /*full=*/true, std::chrono::milliseconds(1));
    worker.CountBatch(0, /*full=*/false, std::chrono::milliseconds(9));
  }
  MetricsWriter writer;
  WriteBatchMetrics("tester", workers, &writer);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  for (const char* sample : {"strata_tester_streams 4", "strata_tester_batch_requests_bucket{le=\"4\"} 0",
                             "strata_tester_batch_requests_bucket{le=\"8\"} 2", "strata_tester_batch_requests_sum 10",
                             "strata_tester_batch_duration_seconds_sum 0.002",
                             "strata_tester_batch_duration_seconds_count 2", "strata_tester_outbox_full_total 2"}) {
    EXPECT_THAT(writer.text(), HasSubstr(std::string("\n") + sample + "\n"));
  }
}

TEST(BatchMetrics, WorkersShareNoCacheLine) {
  BatchMetrics workers[2];
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&workers[0]) % kCacheLineSize, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&workers[1]) % kCacheLineSize, 0U);
}

}  // namespace
}  // namespace strata::base
