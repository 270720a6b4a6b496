// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/admin_client.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "base/testing/http_client.h"
#include "gtest/gtest.h"

namespace strata::tests {

MetricSamples ReadMetrics(const base::SocketAddress& admin) {
  const base::testing::HttpResponse page = base::testing::HttpGet(admin, "/metrics");
  EXPECT_EQ(page.status, 200) << page.body;
  MetricSamples samples;
  for (const absl::string_view line : absl::StrSplit(page.body, '\n', absl::SkipEmpty())) {
    if (line[0] == '#') continue;
    const size_t space = line.rfind(' ');
    double value = 0;
    EXPECT_TRUE(space != absl::string_view::npos && absl::SimpleAtod(line.substr(space + 1), &value)) << line;
    samples[std::string(line.substr(0, space))] = value;
  }
  return samples;
}

double AwaitMetric(const base::SocketAddress& admin, const std::string& sample, double value, absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  while (true) {
    const double now = ReadMetrics(admin)[sample];
    if (now >= value || absl::Now() >= end) return now;
    absl::SleepFor(absl::Milliseconds(20));
  }
}

}  // namespace strata::tests
