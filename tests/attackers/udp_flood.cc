// SPDX-License-Identifier: Apache-2.0
#include "tests/attackers/udp_flood.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "tests/attackers/loopback_sockets.h"

namespace strata::tests {
namespace {

constexpr int kSockets = 16;
constexpr size_t kBatch = 64;
constexpr int kNet = 4;

}  // namespace

UdpFlood::UdpFlood(uint16_t port, std::vector<std::string> packets)
    : port_(port), packets_(std::move(packets)), thread_(&UdpFlood::Run, this) {}

UdpFlood::~UdpFlood() { Stop(); }

int64_t UdpFlood::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return sent_;
}

void UdpFlood::Run() {
  std::vector<int> sockets;
  for (int i = 0; i < kSockets; ++i) sockets.push_back(ConnectedSocket(SOCK_DGRAM, LoopbackAddress(kNet, i), port_));
  std::vector<iovec> parts;
  for (std::string& packet : packets_) parts.push_back({packet.data(), packet.size()});
  std::vector<mmsghdr> messages(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  size_t socket = 0;
  size_t at = 0;
  while (!stopping_) {
    const size_t count = std::min(kBatch, messages.size() - at);
    const int sent = sendmmsg(sockets[socket], &messages[at], static_cast<unsigned>(count), 0);
    // A full buffer, or nobody who listens: that batch is lost, as to an attacker on the network.
    if (sent > 0) sent_ += sent;
    at = (at + count) % messages.size();
    socket = (socket + 1) % sockets.size();
  }
  for (const int fd : sockets) close(fd);
}

}  // namespace strata::tests
