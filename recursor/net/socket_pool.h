// UDP sockets that leave from another random port each time they are used.
//
// A query from a port of its own is what makes forging a reply hard (RFC 5452 §9.2). A new socket for each costs 10 us
// of system calls; dissolving a socket's association and connecting it anew also gives it a port the kernel picks at
// random, and costs 4 us.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_SOCKET_POOL_H_
#define STRATA_RECURSOR_NET_SOCKET_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/event_loop.h"

namespace strata::recursor {

struct UdpExchange;
class SocketPool;

// One socket: non-blocking, watched by the loop all its life.
struct UdpSocket final : base::EventSource {
  void OnReady(uint32_t events) override;

  SocketPool* pool = nullptr;
  int fd = -1;
  int family = 0;
  UdpExchange* owner = nullptr;  // set by whoever took it; nullptr while it is free
};

// Is told that a taken socket has a datagram, or an error.
class SocketReader {
 public:
  virtual ~SocketReader() = default;
  virtual void OnReadable(UdpSocket* socket) = 0;
};

// How many of this process's descriptors each of `loops` pools may have, if it may open `open_files` (RLIMIT_NOFILE):
// 1024, or half of them, are left for everything else, and 8192 are as many as help.
size_t SocketsPerLoop(uint64_t open_files, int loops);

// Used by the loop's thread only.
class SocketPool {
 public:
  // Both outlive the pool. Sockets are made when they are first needed, `max_sockets` at most.
  SocketPool(base::EventLoop* loop, size_t max_sockets, SocketReader* reader);
  ~SocketPool();
  SocketPool(const SocketPool&) = delete;
  SocketPool& operator=(const SocketPool&) = delete;

  // A socket to connect(2), AF_INET or AF_INET6; nullptr: none is left.
  UdpSocket* Take(int family);

  // It has no port any more when this returns, and nothing that came for its last one is left in it: neither datagrams
  // nor an ICMP error, which would both outlive a mere connect(2) to the next server.
  void Release(UdpSocket* socket);

  size_t taken() const { return taken_; }

 private:
  friend struct UdpSocket;

  std::vector<UdpSocket*>& free_list(int family);
  // Make a free socket.
  bool Open(int family);
  bool MakeOne(int family);
  void Close(UdpSocket* socket);

  base::EventLoop& loop_;
  const size_t max_sockets_;
  SocketReader& reader_;
  size_t taken_ = 0;
  std::vector<std::unique_ptr<UdpSocket>> sockets_;  // all there ever were, closed ones too
  std::vector<UdpSocket*> free_v4_;                  // the last one used is the next
  std::vector<UdpSocket*> free_v6_;
  std::vector<UdpSocket*> closed_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_SOCKET_POOL_H_
