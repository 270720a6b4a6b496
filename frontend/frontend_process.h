// The frontend as a process: from a checked configuration to SIGTERM.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_FRONTEND_PROCESS_H_
#define STRATA_FRONTEND_FRONTEND_PROCESS_H_

#include "absl/status/status.h"
#include "frontend/configuration.h"

namespace strata::frontend {

// Serves from now on, prints the ready line when the zones are known, and returns after SIGTERM or SIGINT and the drain
// that follows. Fails when it cannot start. REQUIRES: no thread has been started.
absl::Status ServeUntilSignalled(const Configuration& configuration);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_FRONTEND_PROCESS_H_
