// Fuzzes ParseResolvConf: whatever the text, there are settings to work with.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "recursor/core/resolv_conf.h"

using strata::recursor::ForwardSettings;
using strata::recursor::LineProblems;
using strata::recursor::ParseResolvConf;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  LineProblems problems;
  const ForwardSettings settings =
      ParseResolvConf(absl::string_view(reinterpret_cast<const char*>(data), size), &problems);
  const bool sound = !settings.servers.empty() && settings.servers.size() <= 3 && settings.attempts >= 1 &&
                     settings.attempts <= 5 && settings.timeout >= absl::Seconds(1) &&
                     settings.timeout <= absl::Seconds(30) && problems.kept().size() <= problems.count();
  if (!sound) std::abort();
  return 0;
}
