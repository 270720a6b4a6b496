// UDP sockets on 127.0.0.1 with large buffers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_LOOPBACK_SOCKET_H_
#define STRATA_BENCH_LOOPBACK_SOCKET_H_

#include <cstdint>

#include "absl/status/statusor.h"

namespace strata::bench {

struct BoundSocket {
  int fd = -1;
  uint16_t port = 0;
};

// A socket bound to 127.0.0.1:`port`, blocking; with port 0 the kernel chooses one. The caller closes it.
absl::StatusOr<BoundSocket> BindLoopback(uint16_t port);

// A non-blocking socket connected to 127.0.0.1:`port`. The caller closes it.
absl::StatusOr<int> ConnectLoopback(uint16_t port);

}  // namespace strata::bench

#endif  // STRATA_BENCH_LOOPBACK_SOCKET_H_
