// The line that the harness reads.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/load_report.h"

#include "gtest/gtest.h"

namespace strata::bench {
namespace {

TEST(LoadReportTest, EmptyRunIsAllZero) {
  EXPECT_EQ(LoadReport().ToJson(),
            "{\"sent\": 0, \"answered\": 0, \"lost\": 0, \"unexpected\": 0, \"truncated\": 0, \"seconds\": 0.000000, "
            "\"qps\": 0.0, \"rcodes\": {}, \"average_bytes\": 0.0, "
            "\"latency_us\": {\"p50\": 0.0, \"p99\": 0.0, \"p999\": 0.0}}");
}

TEST(LoadReportTest, CountsAndRates) {
  LoadReport report{.sent = 7, .answered = 4, .lost = 3, .unexpected = 2, .truncated = 1, .answer_bytes = 402};
  report.rcodes[0] = 2;
  report.rcodes[3] = 1;
  report.rcodes[15] = 1;
  for (int i = 0; i < 4; ++i) report.latency.Record(50);
  report.seconds = 0.5;
  EXPECT_EQ(report.ToJson(),
            "{\"sent\": 7, \"answered\": 4, \"lost\": 3, \"unexpected\": 2, \"truncated\": 1, \"seconds\": 0.500000, "
            "\"qps\": 8.0, \"rcodes\": {\"NOERROR\": 2, \"NXDOMAIN\": 1, \"RCODE15\": 1}, \"average_bytes\": 100.5, "
            "\"latency_us\": {\"p50\": 0.1, \"p99\": 0.1, \"p999\": 0.1}}");
}

}  // namespace
}  // namespace strata::bench
