// Prints and flushes: a reader on a pipe waits for this line.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/ready_line.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "base/supervisor_notice.h"

namespace strata::base {

void PrintReadyLine(const std::vector<std::string>& addresses) {
  std::string line = "ready";
  for (const std::string& address : addresses) absl::StrAppend(&line, " ", address);
  absl::StrAppend(&line, "\n");
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
  NotifySupervisor("READY=1");
}

}  // namespace strata::base
