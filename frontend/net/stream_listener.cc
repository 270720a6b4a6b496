// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_listener.h"

#include <linux/filter.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace strata::frontend {
namespace {

constexpr int kMaxAccepts = 64;  // a turn, so that a flood of connections leaves time for queries

int AcceptFrom(int fd, Client* client) {
  client->peer_size = sizeof client->peer;
  return accept4(fd, reinterpret_cast<sockaddr*>(&client->peer), &client->peer_size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// accept() says that there is no descriptor even where there is nobody to accept.
bool SomebodyWaits(int fd) {
  pollfd wanted{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&wanted, 1, 0) > 0;
}

bool OutOfFiles() { return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM; }

}  // namespace

StreamListener::StreamListener(int fd, base::EventLoop* loop, StreamTable* table)
    : fd_(fd), loop_(*loop), table_(*table) {
  loop_.Add(fd_, EPOLLIN, this);
}

StreamListener::~StreamListener() { StopListening(); }

void StreamListener::StopListening() {
  if (fd_ < 0) return;
  loop_.Remove(fd_);
  close(fd_);
  fd_ = -1;
  waiting_ = false;
}

// A filter of the socket sees the segments of those who are on the way as well: they pass, as only a first one has SYN
// without ACK (RFC 9293 §3.5). Connections that were accepted inherit it, and never get such a segment.
void StreamListener::Leave() {
  constexpr uint32_t kFlagsOctet = 13, kSyn = 0x02, kAck = 0x10;
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlagsOctet), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kSyn | kAck),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kSyn, 0, 1), BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
  };
  const sock_fprog program{.len = sizeof code / sizeof code[0], .filter = code};
  if (fd_ >= 0) setsockopt(fd_, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

void StreamListener::Close() {
  while (fd_ >= 0 && Accept()) continue;
  StopListening();
}

void StreamListener::OnTick() {
  if (waiting_) Wait(false);
}

// The listening socket would be ready all the time.
void StreamListener::Wait(bool waiting) {
  waiting_ = waiting;
  loop_.Change(fd_, waiting ? 0u : EPOLLIN, this);
}

void StreamListener::OnReady(uint32_t) {
  for (int i = 0; i < kMaxAccepts && Accept(); ++i) continue;
}

bool StreamListener::Accept() {
  Client client;
  client.transport = this;
  int fd = AcceptFrom(fd_, &client);
  if (fd < 0 && OutOfFiles()) {
    if (!SomebodyWaits(fd_)) return false;
    // Nobody is left in the queue for ever while others are idle. The descriptor may go to someone else, though.
    if (table_.MakeRoom()) fd = AcceptFrom(fd_, &client);
    if (fd < 0 && OutOfFiles()) Wait(true);
  }
  // A client that left while it was in the queue is no reason to stop.
  if (fd < 0) return errno == ECONNABORTED || errno == EINTR;
  table_.Add(Open(fd), client);
  return true;
}

}  // namespace strata::frontend
