// Reads /proc/self, see proc(5).
//
// SPDX-License-Identifier: Apache-2.0
#include "base/process_metrics.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "base/version.h"

namespace strata::base {
namespace {

std::string ReadFile(const char* path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct ProcessStat {
  uint64_t cpu_ticks = 0;
  uint64_t threads = 0;
  uint64_t start_ticks = 0;  // since the machine's start
  uint64_t virtual_bytes = 0;
  uint64_t resident_pages = 0;
};

std::optional<ProcessStat> ReadStat() {
  const std::string text = ReadFile("/proc/self/stat");
  // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
  const size_t name_end = text.rfind(") ");
  if (name_end == std::string::npos) return std::nullopt;
  // Counted as in proc(5), which starts with 1: the first field behind the name is number 3.
  const std::vector<absl::string_view> fields = absl::StrSplit(absl::string_view(text).substr(name_end + 2), ' ');
  const auto field = [&fields](size_t number, uint64_t* value) {
    return number - 3 < fields.size() && absl::SimpleAtoi(fields[number - 3], value);
  };
  ProcessStat stat;
  uint64_t user = 0;
  uint64_t system = 0;
  if (!field(14, &user) || !field(15, &system) || !field(20, &stat.threads) || !field(22, &stat.start_ticks) ||
      !field(23, &stat.virtual_bytes) || !field(24, &stat.resident_pages)) {
    return std::nullopt;
  }
  stat.cpu_ticks = user + system;
  return stat;
}

// When the machine started, in seconds since 1970.
std::optional<uint64_t> BootTime() {
  const std::string text = ReadFile("/proc/stat");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    uint64_t seconds = 0;
    if (absl::StartsWith(line, "btime ") && absl::SimpleAtoi(line.substr(6), &seconds)) return seconds;
  }
  return std::nullopt;
}

std::optional<uint64_t> OpenFiles() {
  DIR* const folder = opendir("/proc/self/fd");
  if (folder == nullptr) return std::nullopt;
  uint64_t count = 0;
  while (const dirent* const entry = readdir(folder)) {
    if (entry->d_name[0] != '.') ++count;
  }
  closedir(folder);
  return count - 1;  // without the folder's own
}

void Write(const char* name, MetricType type, const char* help, auto value, MetricsWriter* writer) {
  writer->Family(name, type, help);
  writer->Sample({}, value);
}

void WriteStat(const ProcessStat& stat, MetricsWriter* writer) {
  const double ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
  Write("process_cpu_seconds_total", MetricType::kCounter, "CPU time spent, user and system.",
        static_cast<double>(stat.cpu_ticks) / ticks_per_second, writer);
  Write("process_resident_memory_bytes", MetricType::kGauge, "Memory in use that is not swapped out.",
        stat.resident_pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE)), writer);
  Write("process_virtual_memory_bytes", MetricType::kGauge, "Size of the address space in use.", stat.virtual_bytes,
        writer);
  Write("process_threads", MetricType::kGauge, "Threads.", stat.threads, writer);
  if (const std::optional<uint64_t> boot = BootTime()) {
    Write("process_start_time_seconds", MetricType::kGauge, "When the process started, in seconds since 1970.",
          static_cast<double>(*boot) + static_cast<double>(stat.start_ticks) / ticks_per_second, writer);
  }
}

void WriteFiles(MetricsWriter* writer) {
  if (const std::optional<uint64_t> open = OpenFiles()) {
    Write("process_open_fds", MetricType::kGauge, "Open file descriptors.", *open, writer);
  }
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    Write(
        "process_max_fds", MetricType::kGauge, "Most file descriptors that may be open.",
        limit.rlim_cur == RLIM_INFINITY ? std::numeric_limits<double>::infinity() : static_cast<double>(limit.rlim_cur),
        writer);
  }
}

}  // namespace

void WriteProcessMetrics(absl::string_view service, MetricsWriter* writer) {
  writer->Family("strata_build_info", MetricType::kGauge, "Which binary of which version this is; always 1.");
  writer->Sample({{"service", service}, {"version", kVersion}}, 1);
  if (const std::optional<ProcessStat> stat = ReadStat()) WriteStat(*stat, writer);
  WriteFiles(writer);
}

}  // namespace strata::base
