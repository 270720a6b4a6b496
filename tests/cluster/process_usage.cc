// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/process_usage.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/cluster/files.h"

namespace strata::tests {

absl::Duration CpuTimeOf(pid_t pid) {
  clockid_t clock;
  timespec used{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return absl::ZeroDuration();
  return absl::DurationFromTimespec(used);
}

int64_t ResidentBytesOf(pid_t pid) {
  const std::string statm = ReadFile(absl::StrCat("/proc/", pid, "/statm"));
  const std::vector<absl::string_view> fields = absl::StrSplit(statm, ' ');
  int64_t pages = 0;
  if (fields.size() < 2 || !absl::SimpleAtoi(fields[1], &pages)) return 0;
  return pages * sysconf(_SC_PAGESIZE);
}

int64_t OpenSocketsOf(pid_t pid) {
  std::error_code error;
  const std::filesystem::directory_iterator files(std::string(absl::StrCat("/proc/", pid, "/fd")), error);
  if (error) return 0;
  return std::count_if(std::filesystem::begin(files), std::filesystem::end(files), [](const auto& file) {
    // It may have been closed meanwhile.
    std::error_code gone;
    return absl::StartsWith(std::filesystem::read_symlink(file.path(), gone).string(), "socket:");
  });
}

bool AllowOpenFiles(int64_t count) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  const rlim_t wanted = static_cast<rlim_t>(count);
  if (limit.rlim_cur >= wanted) return true;
  if (limit.rlim_max < wanted) return false;
  limit.rlim_cur = wanted;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

}  // namespace strata::tests
