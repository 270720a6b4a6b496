// DNS over UDP (RFC 1035 §4.2.1).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_UDP_LISTENER_H_
#define STRATA_FRONTEND_NET_UDP_LISTENER_H_

#include <sys/socket.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/event_loop.h"
#include "frontend/net/message_handler.h"
#include "frontend/net/receive_backlog.h"
#include "frontend/net/transport.h"
#include "frontend/query/response.h"

namespace strata::frontend {

// One socket of one worker. Reads and writes up to 64 datagrams a system call, and allocates when it is made only.
// Single-threaded, as its loop and its handler, which outlive it.
class UdpListener : public Transport, public base::EventSource {
 public:
  // Datagrams a system call, and the size of the largest query: a larger one can only be padding or an attack.
  static constexpr int kBatch = 64;
  static constexpr size_t kMaxQuerySize = 4096;

  // Takes over `fd`, a bound, non-blocking UDP socket. The others outlive the listener.
  UdpListener(int fd, base::EventLoop* loop, MessageHandler* handler, const base::Clock& clock);
  ~UdpListener() override;

  void OnReady(uint32_t events) override;

  // Asks the kernel what it had no room for, if that can be anything. To be called every 100 ms or so.
  void OnTick();

  // Gets no new datagrams from now on: they go to the other sockets of the port. Those that have come are still read
  // and answered.
  void Leave();
  // Reads no more: what comes, and what waits in the socket, is for the process that is handed it next.
  void Abandon();

  Protocol protocol() const override { return Protocol::kUdp; }
  // The last read came back full: more waits than a turn of the loop takes.
  bool behind() const override { return behind_; }
  char* Prepare() override { return &send_buffers_[queued_ * kMaxAnswerSize]; }
  void Commit(const Client& client, size_t size) override;
  void Flush() override;

 private:
  static constexpr size_t kMaxAnswerSize = kMaxUdpSizeLimit;

  void Deliver(int count);
  void SetSource(const Client& client, int slot);

  const int fd_;
  base::EventLoop& loop_;
  MessageHandler& handler_;
  bool wildcard_;
  bool behind_ = false;
  bool abandoned_ = false;
  bool was_behind_ = false;  // since the last tick
  uint32_t overflows_ = 0;   // as the kernel counts them
  ReceiveBacklog backlog_;

  std::vector<char> receive_buffers_;
  std::vector<char> receive_control_;
  std::vector<sockaddr_in6> senders_;
  std::vector<iovec> receive_slices_;
  std::vector<mmsghdr> received_;

  int queued_ = 0;  // answers committed and not sent
  std::unique_ptr<char[]> send_buffers_;
  std::vector<char> send_control_;
  std::vector<sockaddr_in6> receivers_;
  std::vector<iovec> send_slices_;
  std::vector<mmsghdr> sends_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_UDP_LISTENER_H_
