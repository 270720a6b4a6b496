// SPDX-License-Identifier: Apache-2.0
#include "tests/attackers/loopback_sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"

namespace strata::tests {
namespace {

constexpr int kAddresses = 200;
constexpr int kReceiveBuffer = 1;  // The kernel makes it its minimum.

}  // namespace

std::string LoopbackAddress(int net, int number) { return absl::StrCat("127.0.", net, ".", 1 + number % kAddresses); }

int ConnectedSocket(int type, const std::string& source, uint16_t port) {
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  sockaddr_in from{};
  from.sin_family = AF_INET;
  sockaddr_in to = from;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Without it the address's ports would be shared out before the kernel knows where to.
  const int on = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof(kReceiveBuffer));
  if (inet_pton(AF_INET, source.c_str(), &from.sin_addr) == 1 &&
      bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof(from)) == 0 &&
      (connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0 || errno == EINPROGRESS)) {
    return fd;
  }
  close(fd);
  return -1;
}

}  // namespace strata::tests
