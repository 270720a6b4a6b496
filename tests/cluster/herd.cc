// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/herd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/time/clock.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

int ConnectedSocket(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return fd;
  perror("socket");
  abort();
}

}  // namespace

Herd::~Herd() {
  for (const Socket& socket : sockets_) close(socket.fd);
}

void Herd::Ask(uint16_t port, absl::string_view name, uint16_t type, int count) {
  for (int i = 0; i < count; ++i) {
    if (i % kQueriesPerSocket == 0) sockets_.push_back({ConnectedSocket(port), port});
    const std::string query = MakeQuery(name, type, {.id = static_cast<uint16_t>(i), .recursion_desired = true});
    if (send(sockets_.back().fd, query.data(), query.size(), 0) >= 0) ++asked_;
  }
}

std::vector<Herd::Answer> Herd::Collect(absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  std::vector<Answer> answers;
  std::vector<pollfd> fds;
  for (const Socket& socket : sockets_) fds.push_back({socket.fd, POLLIN, 0});
  while (answers.size() < asked_ && absl::Now() < end) {
    poll(fds.data(), fds.size(), 10);
    for (size_t i = 0; i < fds.size(); ++i) {
      char packet[65536];
      while (true) {
        const ssize_t size = recv(fds[i].fd, packet, sizeof(packet), MSG_DONTWAIT);
        if (size < 0) break;
        absl::StatusOr<dns::Message> message = dns::ParseMessage(absl::string_view(packet, static_cast<size_t>(size)));
        if (message.ok()) answers.push_back({sockets_[i].port, absl::Now(), *std::move(message)});
      }
    }
  }
  return answers;
}

}  // namespace strata::tests
