// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_setup.h"

#include <cstdlib>

#include "absl/synchronization/mutex.h"
#include "grpc/grpc.h"

namespace strata::base {

const std::array<GrpcSetting, 6> kStreamSettings = {{
    {GRPC_ARG_ENABLE_RETRIES, 0},
    {GRPC_ARG_ENABLE_DEADLINE_CHECKS, 0},
    {GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0},
    {GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0},
    {GRPC_ARG_HTTP2_BDP_PROBE, 0},
    {GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20},
}};

void SetUpGrpc() {
  static const bool once = [] {
    // Read when gRPC is initialised, and the only way to say it.
    setenv("GRPC_POLL_STRATEGY", "poll", /*overwrite=*/1);
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace strata::base
