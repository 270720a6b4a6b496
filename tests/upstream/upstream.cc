// SPDX-License-Identifier: Apache-2.0
#include "tests/upstream/upstream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/header.h"
#include "tests/cluster/cluster.h"

namespace strata::tests {
namespace {

void Require(bool condition, const char* what) {
  if (condition) return;
  perror(what);
  abort();
}

constexpr uint16_t kDnsPort = 53;

// -1, with errno, when it may not be.
int TryBoundSocket(int type, const std::string& host, uint16_t port) {
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  Require(fd >= 0, "socket");
  const int on = 1;
  if (type == SOCK_STREAM) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  Require(inet_pton(AF_INET, host.c_str(), &address.sin_addr) == 1, host.c_str());
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return fd;
  close(fd);
  return -1;
}

int BoundSocket(int type, const std::string& host, uint16_t port) {
  const int fd = TryBoundSocket(type, host, port);
  Require(fd >= 0, "bind");
  return fd;
}

}  // namespace

// The sockets, and the loop around them.
class Upstream::Server {
 public:
  using Script = std::function<std::vector<UpstreamReply>(absl::string_view wire, bool tcp)>;

  Server(const std::string& host, uint16_t port, Script script)
      : script_(std::move(script)),
        wake_(eventfd(0, EFD_CLOEXEC)),
        udp_(BoundSocket(SOCK_DGRAM, host, port)),
        other_udp_(BoundSocket(SOCK_DGRAM, host, 0)),
        listener_(BoundSocket(SOCK_STREAM, host, port)) {
    const int size = 4 << 20;
    setsockopt(udp_, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    Require(listen(listener_, 128) == 0, "listen");
  }
  ~Server() {
    for (const int fd : {wake_, udp_, other_udp_, listener_}) close(fd);
    for (const auto& [fd, connection] : connections_) close(fd);
  }

  void Run();
  // From another thread.
  void End() { eventfd_write(wake_, 1); }

 private:
  // Where a reply goes: a client over UDP, or a connection, by its socket and the number that tells it from earlier
  // ones.
  struct Destination {
    sockaddr_in client{};
    int connection = -1;
    int number = 0;
  };
  struct Connection {
    int number = 0;
    std::string received;
  };
  struct HeldReply {
    Destination to;
    UpstreamReply reply;
  };

  int MillisecondsToNext() const;
  void ReceiveDatagrams();
  void Accept();
  void ReceiveFrom(int fd);
  void Answer(absl::string_view wire, const Destination& to);
  void Send(const HeldReply& held);

  const Script script_;
  const int wake_, udp_, other_udp_, listener_;
  std::map<int, Connection> connections_;  // by socket
  int next_number_ = 1;
  std::multimap<absl::Time, HeldReply> held_;
};

int Upstream::Server::MillisecondsToNext() const {
  if (held_.empty()) return -1;
  const absl::Duration left = held_.begin()->first - absl::Now();
  return static_cast<int>(std::max<int64_t>(0, absl::ToInt64Milliseconds(left + absl::Microseconds(999))));
}

void Upstream::Server::Run() {
  while (true) {
    std::vector<pollfd> fds = {{wake_, POLLIN, 0}, {udp_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const auto& [fd, connection] : connections_) fds.push_back({fd, POLLIN, 0});
    poll(fds.data(), fds.size(), MillisecondsToNext());
    if (fds[0].revents != 0) return;
    if (fds[1].revents != 0) ReceiveDatagrams();
    if (fds[2].revents != 0) Accept();
    for (size_t i = 3; i < fds.size(); ++i) {
      if (fds[i].revents != 0) ReceiveFrom(fds[i].fd);
    }
    while (!held_.empty() && held_.begin()->first <= absl::Now()) {
      Send(held_.begin()->second);
      held_.erase(held_.begin());
    }
  }
}

void Upstream::Server::ReceiveDatagrams() {
  char packet[65536];
  while (true) {
    Destination from;
    socklen_t size = sizeof(from.client);
    const ssize_t got =
        recvfrom(udp_, packet, sizeof(packet), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from.client), &size);
    if (got < 0) return;
    Answer(absl::string_view(packet, static_cast<size_t>(got)), from);
  }
}

void Upstream::Server::Accept() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  connections_[fd].number = next_number_++;
}

void Upstream::Server::ReceiveFrom(int fd) {
  Connection& connection = connections_[fd];
  char octets[65536];
  const ssize_t got = recv(fd, octets, sizeof(octets), 0);
  if (got <= 0) {
    close(fd);
    connections_.erase(fd);
    return;
  }
  std::string& received = connection.received;
  received.append(octets, static_cast<size_t>(got));
  while (received.size() >= 2 && received.size() >= 2u + dns::GetU16(received, 0)) {
    const size_t size = dns::GetU16(received, 0);
    Destination from;
    from.connection = fd;
    from.number = connection.number;
    Answer(absl::string_view(received).substr(2, size), from);
    received.erase(0, 2 + size);
  }
}

void Upstream::Server::Answer(absl::string_view wire, const Destination& to) {
  for (UpstreamReply& reply : script_(wire, to.connection >= 0)) {
    const HeldReply held = {to, std::move(reply)};
    if (held.reply.delay == absl::ZeroDuration()) {
      Send(held);
    } else {
      held_.emplace(absl::Now() + held.reply.delay, held);
    }
  }
}

void Upstream::Server::Send(const HeldReply& held) {
  const std::string& wire = held.reply.wire;
  if (held.to.connection < 0) {
    sendto(held.reply.from_other_port ? other_udp_ : udp_, wire.data(), wire.size(), 0,
           reinterpret_cast<const sockaddr*>(&held.to.client), sizeof(held.to.client));
    return;
  }
  const auto connection = connections_.find(held.to.connection);
  if (connection == connections_.end() || connection->second.number != held.to.number) return;
  std::string octets(2, '\0');
  dns::SetU16(octets.data(), 0, static_cast<uint16_t>(wire.size()));
  octets += wire;
  (void)!send(held.to.connection, octets.data(), octets.size(), MSG_NOSIGNAL);
}

Upstream::Upstream(UpstreamScript script) : Upstream(std::move(script), "127.0.0.1", UnusedPort()) {}

Upstream::Upstream(UpstreamScript script, const std::string& host, uint16_t port)
    : script_(std::move(script)), host_(host), port_(port) {
  Start();
}

std::unique_ptr<Upstream> Upstream::OnHost(const std::string& host, UpstreamScript script) {
  return absl::WrapUnique(new Upstream(std::move(script), host, UnusedPort()));
}

std::unique_ptr<Upstream> Upstream::OnPort53(const std::string& host) {
  return absl::WrapUnique(new Upstream(AnswerByLabels, host, kDnsPort));
}

bool Upstream::MayUsePort53() {
  const int fd = TryBoundSocket(SOCK_DGRAM, "127.0.0.53", kDnsPort);
  if (fd < 0) return errno == EADDRINUSE;  // somebody's resolver
  close(fd);
  return true;
}

Upstream::~Upstream() { Stop(); }

std::string Upstream::address() const { return absl::StrCat(host_, ":", port_); }

void Upstream::Start() {
  Stop();
  server_ =
      std::make_unique<Server>(host_, port_, [this](absl::string_view wire, bool tcp) { return OnQuery(wire, tcp); });
  thread_ = std::thread(&Server::Run, server_.get());
}

void Upstream::Stop() {
  if (server_ == nullptr) return;
  server_->End();
  thread_.join();
  server_.reset();
}

std::vector<UpstreamReply> Upstream::OnQuery(absl::string_view wire, bool tcp) {
  absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++total_;
    if (tcp) ++tcp_total_;
    if (message.ok() && message->questions.size() == 1) {
      ++counts_[{message->questions[0].name.Lowercased().ToText(), message->questions[0].type}];
    }
  }
  if (!message.ok()) return {};
  return script_({*std::move(message), tcp});
}

int Upstream::Count(absl::string_view name, uint16_t type) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto count = counts_.find({dns::ToLowerAscii(name), type});
  return count == counts_.end() ? 0 : count->second;
}

int Upstream::total() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return total_;
}

int Upstream::tcp_total() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return tcp_total_;
}

bool Upstream::WaitForCount(absl::string_view name, uint16_t type, int count, absl::Duration timeout) const {
  const absl::Time end = absl::Now() + timeout;
  while (Count(name, type) < count) {
    if (absl::Now() >= end) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

}  // namespace strata::tests
