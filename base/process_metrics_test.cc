// Tests that the numbers are this process's, by changing them.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/process_metrics.h"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "base/version.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

// Every sample, by its name with labels.
std::map<std::string, double> Samples() {
  MetricsWriter writer;
  WriteProcessMetrics("tester", &writer);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  std::map<std::string, double> samples;
  for (const absl::string_view line : absl::StrSplit(writer.text(), '\n', absl::SkipEmpty())) {
    if (line[0] == '#') continue;
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits(' ', 1));
    EXPECT_TRUE(absl::SimpleAtod(parts.second, &samples[parts.first])) << line;
  }
  return samples;
}

TEST(ProcessMetrics, SayWhatRuns) {
  EXPECT_EQ(Samples().at(absl::StrCat("strata_build_info{service=\"tester\",version=\"", kVersion, "\"}")), 1);
}

TEST(ProcessMetrics, CountOpenFiles) {
  const double before = Samples().at("process_open_fds");
  const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(Samples().at("process_open_fds"), before + 1);
  close(fd);
  EXPECT_EQ(Samples().at("process_open_fds"), before);
  EXPECT_GT(Samples().at("process_max_fds"), before);
}

TEST(ProcessMetrics, MeasureMemory) {
  const std::map<std::string, double> before = Samples();
  const std::vector<char> ballast(size_t{64} << 20, 'x');
  const std::map<std::string, double> after = Samples();
  EXPECT_GT(after.at("process_resident_memory_bytes"), before.at("process_resident_memory_bytes") + (32 << 20));
  EXPECT_GE(after.at("process_virtual_memory_bytes"), after.at("process_resident_memory_bytes"));
  EXPECT_EQ(ballast.back(), 'x');
}

TEST(ProcessMetrics, MeasureTime) {
  const double before = Samples().at("process_cpu_seconds_total");
  while (Samples().at("process_cpu_seconds_total") == before) {
  }
  const double now = absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  const double start = Samples().at("process_start_time_seconds");
  // The kernel rounds the time of the boot to seconds.
  EXPECT_LT(start, now + 2);
  EXPECT_GT(start, now - 3600);
  EXPECT_GE(Samples().at("process_threads"), 1);
}

}  // namespace
}  // namespace strata::base
