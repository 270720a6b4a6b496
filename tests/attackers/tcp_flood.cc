// SPDX-License-Identifier: Apache-2.0
#include "tests/attackers/tcp_flood.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "dns/header.h"
#include "tests/attackers/loopback_sockets.h"

namespace strata::tests {
namespace {

constexpr int kNet = 5;
constexpr int kConnectMilliseconds = 1000;

// True as soon as octets can be sent.
bool IsConnected(int fd) {
  pollfd ready = {fd, POLLOUT, 0};
  return poll(&ready, 1, kConnectMilliseconds) == 1 && (ready.revents & (POLLERR | POLLHUP)) == 0;
}

}  // namespace

TcpFlood::TcpFlood(uint16_t port, std::vector<std::string> packets)
    : port_(port), packets_(std::move(packets)), thread_(&TcpFlood::Run, this) {}

TcpFlood::~TcpFlood() { Stop(); }

int64_t TcpFlood::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return connections_;
}

void TcpFlood::Run() {
  for (int i = 0; !stopping_; ++i) {
    const int fd = ConnectedSocket(SOCK_STREAM, LoopbackAddress(kNet, i), port_);
    if (fd < 0) continue;
    if (IsConnected(fd)) {
      ++connections_;
      std::string octets = packets_[static_cast<size_t>(i) % packets_.size()];
      if (i % 2 == 0) {
        octets.insert(0, 2, '\0');
        dns::SetU16(octets.data(), 0, static_cast<uint16_t>(octets.size() - 2));
      }
      // What does not go out at once is left out.
      send(fd, octets.data(), octets.size(), MSG_NOSIGNAL);
    }
    const linger reset = {.l_onoff = 1, .l_linger = 0};
    if (i % 4 < 2) setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close(fd);
  }
}

}  // namespace strata::tests
