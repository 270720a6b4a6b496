// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_tcp_channel.h"

#include <sys/epoll.h>

#include <algorithm>
#include <cstring>

#include "dns/header.h"

namespace strata::recursor {
namespace {

// c-ares reads one message a call. The loop would come back for the next; but not only for that.
constexpr int kMaxMessagesAtOnce = 16;

ares_addr_port_node NodeOf(const base::SocketAddress& server) {
  ares_addr_port_node node{};
  node.family = server.family();
  node.tcp_port = server.port();
  node.udp_port = server.port();
  if (server.family() == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(server.sockaddr_ptr());
    node.addr.addr4 = v4->sin_addr;
  } else {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(server.sockaddr_ptr());
    std::memcpy(&node.addr.addr6, &v6->sin6_addr, sizeof node.addr.addr6);
  }
  return node;
}

}  // namespace

absl::StatusOr<std::unique_ptr<CaresTcpChannel>> CaresTcpChannel::Create(base::EventLoop* loop, RandomBits* random,
                                                                         const base::SocketAddress& server) {
  std::unique_ptr<CaresTcpChannel> channel(new CaresTcpChannel(loop, random));
  // Two tries: the first may meet a connection that the server is just closing. No EDNS here: with it, a FORMERR makes
  // c-ares cut the query and send it again.
  absl::StatusOr<CaresChannel> made =
      MakeCaresChannel({.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_USEVC | ARES_FLAG_STAYOPEN,
                        .tries = 2,
                        .socket_state_callback = SocketStateHook,
                        .socket_state_argument = channel.get()});
  if (!made.ok()) return made.status();
  channel->channel_ = *std::move(made);
  ares_addr_port_node node = NodeOf(server);
  if (ares_set_servers_ports(channel->channel_.get(), &node) != ARES_SUCCESS) {
    return absl::ResourceExhaustedError("no c-ares channel");
  }
  return channel;
}

CaresTcpChannel::~CaresTcpChannel() { channel_.reset(); }

bool CaresTcpChannel::HasId(uint16_t id) const {
  return std::any_of(in_flight_.begin(), in_flight_.end(),
                     [id](const TcpQuery* query) { return dns::GetU16(query->query, 0) == id; });
}

void CaresTcpChannel::Send(TcpQuery* query) {
  uint16_t id = random_.U16();
  while (HasId(id)) id = random_.U16();  // RFC 7766 §6.2.1
  dns::SetU16(query->query.data(), 0, id);
  query->channel = this;
  in_flight_.push_back(query);
  if (fd_ < 0) connected_ = false;
  ares_send(channel_.get(), reinterpret_cast<const unsigned char*>(query->query.data()),
            static_cast<int>(query->query.size()), EndedHook, query);
}

// c-ares has one socket at a time here. It says so before it closes one.
void CaresTcpChannel::SocketStateHook(void* channel, ares_socket_t fd, int readable, int writable) {
  auto* const self = static_cast<CaresTcpChannel*>(channel);
  if (!readable && !writable) {
    if (self->fd_ == fd) self->loop_.Remove(fd);
    self->fd_ = -1;
    return;
  }
  const uint32_t events = (readable ? uint32_t{EPOLLIN} : 0) | (writable ? uint32_t{EPOLLOUT} : 0);
  if (self->fd_ == fd) return self->loop_.Change(fd, events, self);
  self->fd_ = fd;
  self->loop_.Add(fd, events, self);
}

void CaresTcpChannel::OnReady(uint32_t events) {
  const int fd = fd_;
  if (fd < 0) return;  // closed earlier in this turn
  const bool broken = (events & (EPOLLERR | EPOLLHUP)) != 0;
  // An error is found by reading.
  const ares_socket_t read_fd = broken || (events & EPOLLIN) != 0 ? fd : ARES_SOCKET_BAD;
  ares_socket_t write_fd = (events & EPOLLOUT) != 0 ? fd : ARES_SOCKET_BAD;
  if (!broken) connected_ = true;
  for (int i = 0; i < kMaxMessagesAtOnce; ++i) {
    const uint64_t ended_before = ended_;
    ares_process_fd(channel_.get(), read_fd, write_fd);
    write_fd = ARES_SOCKET_BAD;
    if (fd_ != fd || ended_ == ended_before) return;
  }
}

void CaresTcpChannel::EndedHook(void* argument, int status, int, unsigned char* message, int size) {
  auto* const query = static_cast<TcpQuery*>(argument);
  CaresTcpChannel* const self = query->channel;
  self->in_flight_.erase(std::find(self->in_flight_.begin(), self->in_flight_.end(), query));
  query->channel = nullptr;
  ++self->ended_;
  if (status == ARES_SUCCESS) {
    query->OnEnded(TcpQuery::End::kReply, absl::string_view(reinterpret_cast<const char*>(message), size));
  } else if (status == ARES_EDESTRUCTION) {
    query->OnEnded(TcpQuery::End::kDestroyed, "");
  } else {
    query->OnEnded(self->connected_ ? TcpQuery::End::kBroken : TcpQuery::End::kUnreachable, "");
  }
}

}  // namespace strata::recursor
