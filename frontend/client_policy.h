// Who may ask what, and how often: the part of the configuration that is about clients, checked.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_CLIENT_POLICY_H_
#define STRATA_FRONTEND_CLIENT_POLICY_H_

#include "absl/status/status.h"
#include "frontend/frontend_server.h"
#include "proto/frontend/v1/config.pb.h"

namespace strata::frontend {

// Sets access lists, identity, cookies and limits of `*server`. Reads the file of cookie secrets. The error names the
// key, which is the flag's name too.
absl::Status SetClientPolicy(const v1::FrontendConfig& config, FrontendOptions* server);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_CLIENT_POLICY_H_
