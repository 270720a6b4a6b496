// What the sockets that DNS is served on have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_LISTEN_OPTIONS_H_
#define STRATA_FRONTEND_NET_LISTEN_OPTIONS_H_

#include "base/socket_address.h"

namespace strata::frontend {

// Some tens of milliseconds of queries at the highest rate that a worker can answer, for when it does not run.
inline constexpr int kUdpBufferBytes = 4 << 20;

void SetOption(int fd, int level, int option, int value);

// Buffers, path MTU, and how answers are written, for a socket of that family and type (SOCK_DGRAM, SOCK_STREAM). What
// the system does not allow is left as it is.
void SetListenOptions(int fd, int family, int type);

// Where it is bound; the port that the kernel chose included.
base::SocketAddress BoundAddress(int fd);

// What it got for what comes in, as SO_RCVBUF takes it.
int ReceiveBufferOf(int fd);
// Asks for that: beyond the system's limit where the process may (CAP_NET_ADMIN), else up to it.
void SetReceiveBuffer(int fd, int size);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_LISTEN_OPTIONS_H_
