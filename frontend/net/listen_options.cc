// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/listen_options.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace strata::frontend {
namespace {

// The kernel tells twice what was asked for: it counts its own needs too.
int BufferOf(int fd, int option) {
  int size = 0;
  socklen_t length = sizeof size;
  getsockopt(fd, SOL_SOCKET, option, &size, &length);
  return size / 2;
}

// Where it must not be forced the kernel cuts what is asked, and says nothing.
void SetBuffer(int fd, int forced, int asked, int size) {
  if (setsockopt(fd, SOL_SOCKET, forced, &size, sizeof size) != 0) SetOption(fd, SOL_SOCKET, asked, size);
}

// A forged "packet too big" must have no say in how answers are sent: it would have them cut in fragments, which others
// can replace. Against fragments it is the size that helps (RFC 9715 §3.1, R3): 1232 octets fit IPv6's minimum MTU, so
// that IPV6_DONTFRAG and IPV6_USE_MIN_MTU would change nothing. We do not set DF for IPv4 (R2 asks for it where that is
// safe): behind a path that is narrower still, an answer would not arrive at all, and nobody be told.
void ForgetPathMtu(int fd, int family) {
  if (family == AF_INET) SetOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_OMIT);
  if (family == AF_INET6) SetOption(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_OMIT);
}

}  // namespace

void SetOption(int fd, int level, int option, int value) { setsockopt(fd, level, option, &value, sizeof value); }

void SetListenOptions(int fd, int family, int type) {
  if (type == SOCK_STREAM) {
    // For what will be accepted: answers are written when they are whole.
    SetOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    return;
  }
  // Whoever handed the socket over may have been allowed more than we are.
  if (ReceiveBufferOf(fd) < kUdpBufferBytes) SetReceiveBuffer(fd, kUdpBufferBytes);
  if (BufferOf(fd, SO_SNDBUF) < kUdpBufferBytes) SetBuffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, kUdpBufferBytes);
  ForgetPathMtu(fd, family);
}

base::SocketAddress BoundAddress(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size);
  return base::SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&storage), size).value_or(base::SocketAddress());
}

int ReceiveBufferOf(int fd) { return BufferOf(fd, SO_RCVBUF); }

void SetReceiveBuffer(int fd, int size) { SetBuffer(fd, SO_RCVBUFFORCE, SO_RCVBUF, size); }

}  // namespace strata::frontend
