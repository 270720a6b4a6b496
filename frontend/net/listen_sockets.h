// Opens the sockets that DNS is served on.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_LISTEN_SOCKETS_H_
#define STRATA_FRONTEND_NET_LISTEN_SOCKETS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/socket_address.h"

namespace strata::frontend {

// The sockets of one address, one pair for each worker; every socket is bound, non-blocking, and its caller's to close.
// The kernel spreads clients over the workers (SO_REUSEPORT).
struct ListenSockets {
  base::SocketAddress address;  // with the port that the kernel chose where 0 was asked
  std::vector<int> udp;
  std::vector<int> tcp;
  // What each UDP socket got of kUdpBufferBytes, for what comes in: less where the system's limit (net.core.rmem_max)
  // is lower and the process may not go beyond it.
  int udp_buffer_bytes = 0;
  // They were handed to this process and stay open when it ends: what waits in them is for its successor.
  bool handed = false;
};

// Binds UDP and TCP to `address`. A port that another process holds is an error that names it, unless `reuse_port`.
absl::StatusOr<ListenSockets> OpenListenSockets(const base::SocketAddress& address, int workers, bool reuse_port);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_LISTEN_SOCKETS_H_
