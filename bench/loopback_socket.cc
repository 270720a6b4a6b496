// See loopback_socket.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/loopback_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace strata::bench {
namespace {

constexpr int kBufferBytes = 4 << 20;

absl::StatusOr<int> OpenSocket(int flags) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | flags, 0);
  if (fd < 0) return absl::ErrnoToStatus(errno, "socket");
  // The kernel may grant less; then bursts are lost and reported as such.
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kBufferBytes, sizeof(kBufferBytes));
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kBufferBytes, sizeof(kBufferBytes));
  return fd;
}

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

absl::StatusOr<BoundSocket> BindLoopback(uint16_t port) {
  STRATA_ASSIGN_OR_RETURN(const int fd, OpenSocket(0));
  absl::Cleanup close_on_error = [fd] { close(fd); };
  sockaddr_in address = Loopback(port);
  socklen_t length = sizeof(address);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("bind 127.0.0.1:", port));
  }
  std::move(close_on_error).Cancel();
  return BoundSocket{.fd = fd, .port = ntohs(address.sin_port)};
}

absl::StatusOr<int> ConnectLoopback(uint16_t port) {
  STRATA_ASSIGN_OR_RETURN(const int fd, OpenSocket(SOCK_NONBLOCK));
  const sockaddr_in address = Loopback(port);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    const int error = errno;
    close(fd);
    return absl::ErrnoToStatus(error, absl::StrCat("connect 127.0.0.1:", port));
  }
  return fd;
}

}  // namespace strata::bench
