// Tests of the exposition format against its definition. tests/admin_test asks Prometheus's own checker.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/metrics_text.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(MetricsWriter, WritesFamiliesAndSamples) {
  MetricsWriter writer;
  writer.Family("strata_test_queries_total", MetricType::kCounter, "Queries by type.");
  writer.Sample({{"type", "A"}}, uint64_t{18446744073709551615U});
  writer.Sample({{"type", "AAAA"}, {"proto", "udp"}}, 0U);
  writer.Family("strata_test_offset", MetricType::kGauge, "How far off.");
  writer.Sample({}, -7);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  EXPECT_EQ(writer.text(),
            "# HELP strata_test_queries_total Queries by type.\n"
            "# TYPE strata_test_queries_total counter\n"
            "strata_test_queries_total{type=\"A\"} 18446744073709551615\n"
            "strata_test_queries_total{type=\"AAAA\",proto=\"udp\"} 0\n"
            "# HELP strata_test_offset How far off.\n"
            "# TYPE strata_test_offset gauge\n"
            "strata_test_offset -7\n");
}

TEST(MetricsWriter, WritesHistogramsCumulatively) {
  Histogram<ListedBounds<10, 20>> histogram;
  for (const uint64_t value : {5, 10, 15, 21, 22}) histogram.Observe(value);
  MetricsWriter writer;
  writer.Family("strata_test_sizes_bytes", MetricType::kHistogram, "Sizes.");
  writer.Histogram({{"proto", "tcp"}}, histogram.Read());
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  EXPECT_THAT(writer.text(), EndsWith("strata_test_sizes_bytes_bucket{proto=\"tcp\",le=\"10\"} 2\n"
                                      "strata_test_sizes_bytes_bucket{proto=\"tcp\",le=\"20\"} 3\n"
                                      "strata_test_sizes_bytes_bucket{proto=\"tcp\",le=\"+Inf\"} 5\n"
                                      "strata_test_sizes_bytes_sum{proto=\"tcp\"} 73\n"
                                      "strata_test_sizes_bytes_count{proto=\"tcp\"} 5\n"));
}

TEST(MetricsWriter, ShowsTimesInSeconds) {
  DurationHistogram histogram;
  histogram.Observe(std::chrono::milliseconds(3));
  MetricsWriter writer;
  writer.Family("strata_test_duration_seconds", MetricType::kHistogram, "Times.");
  writer.Histogram({}, histogram.Read());
  EXPECT_THAT(writer.text(), HasSubstr("_bucket{le=\"6.25e-05\"} 0\n"));
  EXPECT_THAT(writer.text(), HasSubstr("_bucket{le=\"0.002\"} 0\n"));
  EXPECT_THAT(writer.text(), HasSubstr("_bucket{le=\"0.004\"} 1\n"));
  EXPECT_THAT(writer.text(), HasSubstr("_bucket{le=\"8.192\"} 1\n"));
  EXPECT_THAT(writer.text(), HasSubstr("_sum 0.003\n"));
}

TEST(MetricsWriter, WritesNumbersThatReadBackAsThemselves) {
  const double infinity = std::numeric_limits<double>::infinity();
  MetricsWriter writer;
  writer.Family("strata_test_numbers", MetricType::kGauge, "Numbers.");
  writer.Sample({{"of", "a third"}}, 1.0 / 3);
  writer.Sample({{"of", "time"}}, 1767225600.25);
  writer.Sample({{"of", "more"}}, infinity);
  writer.Sample({{"of", "less"}}, -infinity);
  writer.Sample({{"of", "nothing"}}, std::nan(""));
  EXPECT_THAT(writer.text(), EndsWith("{of=\"a third\"} 0.3333333333333333\n"
                                      "strata_test_numbers{of=\"time\"} 1767225600.25\n"
                                      "strata_test_numbers{of=\"more\"} +Inf\n"
                                      "strata_test_numbers{of=\"less\"} -Inf\n"
                                      "strata_test_numbers{of=\"nothing\"} NaN\n"));
}

TEST(MetricsWriter, NoLabelValueForgesASample) {
  MetricsWriter writer;
  writer.Family("strata_test_servers", MetricType::kGauge, "Servers; \\ and\nlines.");
  writer.Sample({{"server", "a\"} 1\nforged{b=\"\\"}}, 1);
  writer.Sample({{"server", "\xff.example"}}, 2);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  EXPECT_EQ(writer.text(),
            "# HELP strata_test_servers Servers; \\\\ and\\nlines.\n"
            "# TYPE strata_test_servers gauge\n"
            "strata_test_servers{server=\"a\\\"} 1\\nforged{b=\\\"\\\\\"} 1\n"
            "strata_test_servers{server=\"\xef\xbf\xbd.example\"} 2\n");
}

TEST(MetricsWriter, LabelsMayBeListedAtRunTime) {
  const std::vector<MetricLabel> labels = {{"a", "1"}, {"b", "2"}};
  MetricsWriter writer;
  writer.Family("strata_test_things", MetricType::kGauge, "Things.");
  writer.Sample(labels, 3);
  EXPECT_THAT(writer.text(), EndsWith("strata_test_things{a=\"1\",b=\"2\"} 3\n"));
}

// What `write` does wrong, in the writer's words.
std::string Mistake(void (*write)(MetricsWriter*)) {
  MetricsWriter writer;
  write(&writer);
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kInternal);
  return std::string(writer.status().message());
}

TEST(MetricsWriter, ReportsMistakes) {
  EXPECT_THAT(Mistake([](MetricsWriter* w) { w->Sample({}, 1); }), HasSubstr("was not started"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) { w->Family("strata-x", MetricType::kGauge, "X."); }),
              HasSubstr("'strata-x' is no name"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) { w->Family("x", MetricType::kGauge, ""); }), HasSubstr("no help"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) { w->Family("x", MetricType::kCounter, "X."); }), HasSubstr("_total"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) { w->Family("x_total", MetricType::kGauge, "X."); }), HasSubstr("_total"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) {
                w->Family("x", MetricType::kGauge, "X.");
                w->Family("x", MetricType::kGauge, "X.");
              }),
              HasSubstr("started twice"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) {
                w->Family("x", MetricType::kGauge, "X.");
                w->Sample({{"a", "1"}}, 1);
                w->Sample({{"a", "1"}}, 2);
              }),
              HasSubstr("two samples {a=\"1\"}"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) {
                w->Family("x", MetricType::kGauge, "X.");
                w->Sample({{"le", "1"}}, 1);
              }),
              HasSubstr("label called 'le'"));
  EXPECT_THAT(Mistake([](MetricsWriter* w) {
                w->Family("x", MetricType::kHistogram, "X.");
                w->Sample({}, 1);
              }),
              HasSubstr("another type"));
}

}  // namespace
}  // namespace strata::base
