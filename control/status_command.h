// stratactl status: how services are.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_STATUS_COMMAND_H_
#define STRATA_CONTROL_STATUS_COMMAND_H_

#include "absl/time/time.h"
#include "control/request.h"

namespace strata::control {

// A row for each target. Rates are of the time between two questions, `interval` apart. A target that is not ready is
// among the failures too (Unavailable).
Report ShowStatus(const Request& request, absl::Duration interval);

}  // namespace strata::control

#endif  // STRATA_CONTROL_STATUS_COMMAND_H_
