// How the frontend connects to backends.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_CHANNEL_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_CHANNEL_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "frontend/backends/backend_target.h"

namespace strata::frontend {

// A connection of its own for each (target, worker): the streams of two workers never wait for each other. Reconnects
// within a second of the target's return.
std::shared_ptr<grpc::Channel> MakeBackendChannel(const BackendTarget& target, int worker);

// The target with the port that is meant when it has none. Fails, naming `flag`, for what is no gRPC address, and for
// plain text that would leave this machine unless `may_leave` (--insecure, or it is no plain text).
absl::StatusOr<std::string> CheckTarget(absl::string_view target, uint16_t default_port, bool may_leave,
                                        absl::string_view flag);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_CHANNEL_H_
