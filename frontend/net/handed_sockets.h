// Sockets that the process was given at its start: systemd's socket activation (sd_listen_fds(3)).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_HANDED_SOCKETS_H_
#define STRATA_FRONTEND_NET_HANDED_SOCKETS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "frontend/net/listen_sockets.h"

namespace strata::frontend {

// Takes over what the environment (LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES) says was handed to this process, one entry
// an address, and removes these variables, which are not for its children. Empty: nothing was. Where an address has
// fewer sockets than there are workers, they share them. Fails, naming the descriptor, for one that DNS cannot be
// served on. To be called once, before there are threads.
absl::StatusOr<std::vector<ListenSockets>> TakeHandedSockets(int workers);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_HANDED_SOCKETS_H_
