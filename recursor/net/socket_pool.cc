// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/socket_pool.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace strata::recursor {
namespace {

constexpr uint64_t kOtherDescriptors = 1024;
constexpr uint64_t kMaxPerLoop = 8192;
constexpr uint64_t kMinPerLoop = 16;

// More than a receive buffer holds: a socket that still has something then is broken.
constexpr int kMaxDrained = 4096;

bool Drain(int fd) {
  char octet;
  for (int i = 0; i < kMaxDrained; ++i) {
    if (recv(fd, &octet, sizeof octet, MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
  }
  return false;
}

void Dissolve(int fd) {
  sockaddr unspecified{};
  unspecified.sa_family = AF_UNSPEC;
  (void)!connect(fd, &unspecified, sizeof unspecified);
}

// A forged ICMP message must not make our datagrams smaller, and so fragmented (RFC 9715 §3.1).
void IgnorePathMtu(int fd, int family) {
  const int omit4 = IP_PMTUDISC_OMIT;
  const int omit6 = IPV6_PMTUDISC_OMIT;
  if (family == AF_INET) {
    setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &omit4, sizeof omit4);
  } else {
    setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &omit6, sizeof omit6);
  }
}

}  // namespace

size_t SocketsPerLoop(uint64_t open_files, int loops) {
  const uint64_t others = std::min(kOtherDescriptors, open_files / 2);
  return std::clamp((open_files - others) / loops, kMinPerLoop, kMaxPerLoop);
}

void UdpSocket::OnReady(uint32_t) {
  if (owner != nullptr) {
    pool->reader_.OnReadable(this);
  } else if (fd >= 0) {
    Drain(fd);  // what was on its way through the kernel while the socket was released
  }
}

SocketPool::SocketPool(base::EventLoop* loop, size_t max_sockets, SocketReader* reader)
    : loop_(*loop), max_sockets_(max_sockets), reader_(*reader) {}

SocketPool::~SocketPool() {
  for (const std::unique_ptr<UdpSocket>& socket : sockets_) {
    if (socket->fd >= 0) Close(socket.get());
  }
}

std::vector<UdpSocket*>& SocketPool::free_list(int family) { return family == AF_INET ? free_v4_ : free_v6_; }

bool SocketPool::Open(int family) {
  const int fd = ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  IgnorePathMtu(fd, family);
  if (closed_.empty()) {
    sockets_.push_back(std::make_unique<UdpSocket>());
    sockets_.back()->pool = this;
    closed_.push_back(sockets_.back().get());
  }
  UdpSocket* const socket = closed_.back();
  closed_.pop_back();
  socket->fd = fd;
  socket->family = family;
  loop_.Add(fd, EPOLLIN, socket);
  free_list(family).push_back(socket);
  return true;
}

// The object stays: this turn of the loop may still have an event for it.
void SocketPool::Close(UdpSocket* socket) {
  loop_.Remove(socket->fd);
  close(socket->fd);
  socket->fd = -1;
  closed_.push_back(socket);
}

bool SocketPool::MakeOne(int family) {
  if (sockets_.size() - closed_.size() < max_sockets_ && Open(family)) return true;
  // In place of one of the other family.
  std::vector<UdpSocket*>& other = free_list(family == AF_INET ? AF_INET6 : AF_INET);
  if (other.empty()) return false;
  Close(other.back());
  other.pop_back();
  return Open(family);
}

UdpSocket* SocketPool::Take(int family) {
  std::vector<UdpSocket*>& free = free_list(family);
  if (free.empty() && !MakeOne(family)) return nullptr;
  UdpSocket* const socket = free.back();
  free.pop_back();
  ++taken_;
  return socket;
}

void SocketPool::Release(UdpSocket* socket) {
  socket->owner = nullptr;
  --taken_;
  // In this order: without a port nothing more can come.
  Dissolve(socket->fd);
  if (Drain(socket->fd)) {
    free_list(socket->family).push_back(socket);
  } else {
    Close(socket);
  }
}

}  // namespace strata::recursor
