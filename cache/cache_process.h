// The cache as a process: from a checked configuration to SIGTERM.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_PROCESS_H_
#define STRATA_CACHE_CACHE_PROCESS_H_

#include "absl/status/status.h"
#include "cache/configuration.h"

namespace strata::cache {

// Serves, prints the ready line, and returns after SIGTERM or SIGINT. Fails when it cannot start. REQUIRES: no thread
// has been started.
absl::Status ServeUntilSignalled(const Configuration& configuration);

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_PROCESS_H_
