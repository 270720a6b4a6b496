// The authority as a process: from a checked configuration to SIGTERM.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_AUTHORITY_PROCESS_H_
#define STRATA_AUTHORITY_AUTHORITY_PROCESS_H_

#include "absl/status/status.h"
#include "authority/configuration.h"

namespace strata::authority {

// Loads the zones, serves, prints the ready line, follows the snapshots directory, and returns after SIGTERM or SIGINT.
// Fails when it cannot start. REQUIRES: no thread has been started.
absl::Status ServeUntilSignalled(const Configuration& configuration);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_AUTHORITY_PROCESS_H_
