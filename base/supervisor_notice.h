// Tells whoever supervises this process how it is.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_SUPERVISOR_NOTICE_H_
#define STRATA_BASE_SUPERVISOR_NOTICE_H_

#include "absl/strings/string_view.h"

namespace strata::base {

// Sends `state`, such as "READY=1", to the socket that the environment names (NOTIFY_SOCKET), in the protocol of
// sd_notify(3). Does nothing where none is named; nobody is waited for.
void NotifySupervisor(absl::string_view state);

}  // namespace strata::base

#endif  // STRATA_BASE_SUPERVISOR_NOTICE_H_
