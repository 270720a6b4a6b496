// The recursor as a process: from a checked configuration to SIGTERM.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_RECURSOR_PROCESS_H_
#define STRATA_RECURSOR_RECURSOR_PROCESS_H_

#include "absl/status/status.h"
#include "recursor/configuration.h"

namespace strata::recursor {

// Serves, prints the ready line, and returns after SIGTERM or SIGINT. Fails when it cannot start. REQUIRES: no thread
// has been started.
absl::Status ServeUntilSignalled(const Configuration& configuration);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_RECURSOR_PROCESS_H_
