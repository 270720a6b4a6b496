// SPDX-License-Identifier: Apache-2.0
#include "tests/attackers/slow_clients.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "absl/time/clock.h"
#include "tests/attackers/loopback_sockets.h"

namespace strata::tests {
namespace {

constexpr int kNet = 2;
constexpr absl::Duration kPoll = absl::Milliseconds(10);

std::string Framed(const std::string& message) {
  return std::string{static_cast<char>(message.size() >> 8), static_cast<char>(message.size())} + message;
}

// Without reading anything.
bool IsClosed(int fd) {
  pollfd state = {fd, POLLRDHUP, 0};
  return poll(&state, 1, 0) == 1 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

}  // namespace

SlowClients::SlowClients(Options options) : options_(std::move(options)) {
  for (int i = 0; i < options_.connections; ++i) {
    const Manner manner = i % 10 == 0 ? Manner::kReadsNothing : static_cast<Manner>(i % 3);
    clients_.push_back({manner, LoopbackAddress(kNet, i / 20 % options_.addresses)});
  }
  thread_ = std::thread(&SlowClients::Run, this);
}

SlowClients::~SlowClients() { Stop(); }

void SlowClients::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void SlowClients::Connect(Client* client) {
  client->fd = ConnectedSocket(SOCK_STREAM, client->source, options_.port);
  if (client->fd < 0) return;
  ++connected_;
  ++connections_;
  client->sent = 0;
  if (client->manner == Manner::kOctetByOctet) client->octets = Framed(options_.query);
  if (client->manner == Manner::kHalfQuery)
    client->octets = Framed(options_.query).substr(0, options_.query.size() / 2);
  if (client->manner != Manner::kReadsNothing) return;
  client->octets.clear();
  for (int i = 0; i < options_.large_queries; ++i) client->octets += Framed(options_.large_query);
}

void SlowClients::Tick(Client* client) {
  if (client->fd < 0) return;
  if (IsClosed(client->fd)) {
    close(client->fd);
    client->fd = -1;
    --connected_;
    return;
  }
  const size_t left = client->octets.size() - client->sent;
  const size_t due = client->manner == Manner::kOctetByOctet && left > 0 ? 1 : left;
  const ssize_t sent = send(client->fd, client->octets.data() + client->sent, due, MSG_NOSIGNAL);
  if (sent > 0) client->sent += static_cast<size_t>(sent);
  // One query after the other, for ever.
  if (client->manner == Manner::kOctetByOctet && client->sent == client->octets.size()) client->sent = 0;
}

void SlowClients::Run() {
  for (Client& client : clients_) Connect(&client);
  absl::Time next = absl::Now();
  while (!stopping_) {
    if (absl::Now() >= next) {
      next = absl::Now() + options_.pause;
      for (Client& client : clients_) Tick(&client);
    }
    for (Client& client : clients_) {
      if (options_.reconnect && client.fd >= 0 && IsClosed(client.fd)) Tick(&client);
      if (options_.reconnect && client.fd < 0) Connect(&client);
    }
    absl::SleepFor(kPoll);
  }
  for (const Client& client : clients_) {
    if (client.fd >= 0) close(client.fd);
  }
}

}  // namespace strata::tests
