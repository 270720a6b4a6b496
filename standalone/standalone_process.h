// The all-in-one server as a process: from a checked configuration to SIGTERM.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_STANDALONE_PROCESS_H_
#define STRATA_STANDALONE_STANDALONE_PROCESS_H_

#include "absl/status/status.h"
#include "standalone/configuration.h"

namespace strata::standalone {

// Compiles the zones, starts what resolves, serves, prints the ready line, compiles again what changes, and returns
// after SIGTERM or SIGINT. Fails when a zone is wrong or it cannot start. REQUIRES: no thread has been started.
absl::Status ServeUntilSignalled(const Configuration& configuration);

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_STANDALONE_PROCESS_H_
