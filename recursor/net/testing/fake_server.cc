// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/testing/fake_server.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::recursor::testing {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

int MakeSocket(const base::SocketAddress& address, int type) {
  const int fd = socket(address.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  Require(fd >= 0);
  if (bind(fd, address.sockaddr_ptr(), address.sockaddr_size()) == 0) return fd;
  close(fd);
  return -1;
}

base::SocketAddress Name(int fd, int (*get)(int, sockaddr*, socklen_t*)) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  Require(get(fd, reinterpret_cast<sockaddr*>(&storage), &size) == 0);
  return *base::SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&storage), size);
}

}  // namespace

struct FakeServer::Datagrams final : base::EventSource {
  Datagrams(FakeServer* owner, int socket) : server(*owner), fd(socket) { server.loop_.Add(fd, EPOLLIN, this); }
  ~Datagrams() override {
    server.loop_.Remove(fd);
    close(fd);
  }
  void OnReady(uint32_t) override {
    char buffer[65536];
    sockaddr_storage from{};
    socklen_t from_size = sizeof from;
    const ssize_t size = recvfrom(fd, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &from_size);
    if (size < 0) return;
    server.Receive({.message = std::string(buffer, size),
                    .client = *base::SocketAddress::FromSockaddr(reinterpret_cast<sockaddr*>(&from), from_size),
                    .connection = 0});
  }
  FakeServer& server;
  const int fd;
};

struct FakeServer::Connection final : base::EventSource {
  Connection(FakeServer* owner, int socket, size_t its_number)
      : server(*owner), fd(socket), number(its_number), client(Name(socket, getpeername)) {
    const int at_once = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    server.loop_.Add(fd, EPOLLIN, this);
  }
  ~Connection() override { Close(); }
  void Close() {
    if (fd < 0) return;
    server.loop_.Remove(fd);
    close(std::exchange(fd, -1));
  }
  void OnReady(uint32_t) override {
    if (fd < 0) return;
    char buffer[65536];
    const ssize_t size = read(fd, buffer, sizeof buffer);
    if (size <= 0) return Close();
    pending.append(buffer, size);
    while (fd >= 0 && pending.size() >= 2 && pending.size() >= 2u + dns::ReadU16(pending)) {
      const size_t length = dns::ReadU16(pending);
      const FakeQuery query{.message = pending.substr(2, length), .client = client, .connection = number};
      pending.erase(0, 2 + length);
      server.Receive(query);
    }
  }
  FakeServer& server;
  int fd;
  const size_t number;
  const base::SocketAddress client;
  std::string pending;
};

struct FakeServer::Listener final : base::EventSource {
  Listener(FakeServer* owner, int socket) : server(*owner), fd(socket) {
    Require(listen(fd, 128) == 0);
    server.loop_.Add(fd, EPOLLIN, this);
  }
  ~Listener() override {
    server.loop_.Remove(fd);
    close(fd);
  }
  void OnReady(uint32_t) override {
    const int accepted = accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) return;
    const size_t number = server.connections_.size() + 1;
    server.connections_.push_back(std::make_unique<Connection>(&server, accepted, number));
  }
  FakeServer& server;
  const int fd;
};

FakeServer::FakeServer(base::EventLoop* loop, absl::string_view host) : loop_(*loop) {
  const base::SocketAddress any_port = *base::SocketAddress::FromText("0", {.host = std::string(host), .port = {}});
  // One number that is free for both.
  for (;;) {
    const int udp = MakeSocket(any_port, SOCK_DGRAM);
    Require(udp >= 0);
    address_ = Name(udp, getsockname);
    const int tcp = MakeSocket(address_, SOCK_STREAM);
    if (tcp < 0) {
      close(udp);
      continue;
    }
    datagrams_ = std::make_unique<Datagrams>(this, udp);
    listener_ = std::make_unique<Listener>(this, tcp);
    return;
  }
}

FakeServer::~FakeServer() = default;

void FakeServer::Receive(const FakeQuery& query) {
  queries_.push_back(query);
  if (behaviour_) behaviour_(query);
}

void FakeServer::Reply(const FakeQuery& query, absl::string_view message) {
  if (!query.tcp()) {
    sendto(datagrams_->fd, message.data(), message.size(), 0, query.client.sockaddr_ptr(),
           query.client.sockaddr_size());
    return;
  }
  std::string framed;
  dns::AppendU16(static_cast<uint16_t>(message.size()), &framed);
  absl::StrAppend(&framed, message);
  Write(query, framed);
}

void FakeServer::ReplyFromElsewhere(const FakeQuery& query, absl::string_view message) {
  const int fd = MakeSocket(address_.WithPort(0), SOCK_DGRAM);
  Require(fd >= 0);
  sendto(fd, message.data(), message.size(), 0, query.client.sockaddr_ptr(), query.client.sockaddr_size());
  close(fd);
}

void FakeServer::Write(const FakeQuery& query, absl::string_view octets) {
  const int fd = connections_.at(query.connection - 1)->fd;
  if (fd >= 0) (void)!send(fd, octets.data(), octets.size(), MSG_NOSIGNAL);
}

void FakeServer::Close(const FakeQuery& query) { connections_.at(query.connection - 1)->Close(); }

std::string ReplyTo(absl::string_view query, int rcode) {
  std::string reply(query);
  const uint16_t flags = dns::GetU16(query, dns::kFlagsOffset) & ~dns::kRcodeMask;
  dns::SetU16(reply.data(), dns::kFlagsOffset, flags | dns::kQr | dns::kRa | static_cast<uint16_t>(rcode));
  return reply;
}

std::string QueryFor(absl::string_view name) {
  std::string query(dns::kHeaderSize, '\0');
  dns::SetU16(query.data(), dns::kFlagsOffset, dns::kRd);
  dns::SetU16(query.data(), dns::kQdCountOffset, 1);
  absl::StrAppend(&query, dns::Name::FromText(name)->wire());
  dns::AppendU16(dns::rr_type::kA, &query);
  dns::AppendU16(dns::rr_class::kIN, &query);
  return query;
}

}  // namespace strata::recursor::testing
