// SPDX-License-Identifier: Apache-2.0
#include "base/status_service.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Metrics(const status::v1::GetStatusResponse& response, absl::string_view prefix) {
  std::vector<std::string> metrics;
  for (const status::v1::Metric& metric : response.metrics()) {
    if (metric.name().rfind(std::string(prefix), 0) != 0) continue;
    metrics.push_back(absl::StrCat(metric.name(), "{", metric.labels(), "} ", metric.value()));
  }
  return metrics;
}

TEST(StatusServiceTest, SaysWhatThePagesSay) {
  AdminPages pages;
  bool ready = true;
  pages.metrics = [](MetricsWriter* writer) {
    writer->Family("strata_test_zones", MetricType::kGauge, "Zones.");
    writer->Sample({}, 3);
    writer->Family("strata_test_answers_total", MetricType::kCounter, "Answers {by rcode} 7.");
    writer->Sample({{"rcode", "NOERROR"}}, 12u);
    writer->Sample({{"rcode", "with a } and a space"}}, 0.5);
  };
  pages.readiness = [&ready] { return ready ? Readiness{} : Readiness{{"one", "two"}}; };
  StatusService service("test", pages);
  status::v1::GetStatusResponse response;
  EXPECT_TRUE(service.GetStatus(nullptr, nullptr, &response).ok());
  EXPECT_EQ(response.service(), "test");
  EXPECT_NE(response.version(), "");
  EXPECT_TRUE(response.ready());
  EXPECT_THAT(Metrics(response, "strata_test_"),
              ElementsAre("strata_test_zones{} 3", "strata_test_answers_total{rcode=\"NOERROR\"} 12",
                          "strata_test_answers_total{rcode=\"with a } and a space\"} 0.5"));
  ready = false;
  response.Clear();
  EXPECT_TRUE(service.GetStatus(nullptr, nullptr, &response).ok());
  EXPECT_FALSE(response.ready());
  EXPECT_EQ(response.not_ready_reason(), "one; two");
}

TEST(StatusServiceTest, HistogramsAreLeftOut) {
  status::v1::GetStatusResponse response;
  AddMetrics(
      "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\n# TYPE c gauge\nc -1.5e3\nnonsense\n# TYPE d "
      "counter\n\nd 1",
      &response);
  EXPECT_THAT(Metrics(response, ""), ElementsAre("c{} -1500", "d{} 1"));
}

}  // namespace
}  // namespace strata::base
