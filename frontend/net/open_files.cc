// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/open_files.h"

#include <sys/resource.h>

#include <algorithm>

namespace strata::frontend {

uint64_t OpenFilesLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  return limit.rlim_cur;
}

uint64_t ConnectionsWithin(uint64_t open_files, uint64_t wanted) {
  const uint64_t others = std::min(kOtherFiles, open_files / 2);
  return std::clamp<uint64_t>(wanted, 1, std::max<uint64_t>(open_files - others, 1));
}

}  // namespace strata::frontend
