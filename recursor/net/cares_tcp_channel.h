// One server's TCP connection, by c-ares: connecting, framing, many queries at a time, and another try on a new
// connection when the server has closed the old one (RFC 7766 §6.2.4).
//
// A channel of c-ares for each server: with more than one server in a channel, a query moves on from one to the other
// when it should not. What lies between the channel and its users (how many at a time, for how long, which reply is
// none) is in cares_tcp_pool.h.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_CARES_TCP_CHANNEL_H_
#define STRATA_RECURSOR_NET_CARES_TCP_CHANNEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/event_loop.h"
#include "base/socket_address.h"
#include "recursor/net/cares_library.h"
#include "recursor/net/random_bits.h"

namespace strata::recursor {

class CaresTcpChannel;

// A query on its way. c-ares has no way to take one back: it lives until OnEnded().
class TcpQuery {
 public:
  enum class End {
    kReply,        // c-ares found the ID and the question, in whatever letter case
    kBroken,       // closed by the server, twice
    kUnreachable,  // no connection came about
    kDestroyed,    // the channel was
  };
  virtual ~TcpQuery() = default;
  // From within c-ares: the channel is not to be used now. `message` is good during the call.
  virtual void OnEnded(End end, absl::string_view message) = 0;

  std::string query;                   // its ID is set by Send()
  CaresTcpChannel* channel = nullptr;  // while it is on its way
};

// Used by the loop's thread only.
class CaresTcpChannel final : public base::EventSource {
 public:
  // `loop` and `random` outlive the channel. ResourceExhausted: no memory.
  static absl::StatusOr<std::unique_ptr<CaresTcpChannel>> Create(base::EventLoop* loop, RandomBits* random,
                                                                 const base::SocketAddress& server);
  // Ends what is on its way. Not from within OnEnded(), nor within a turn of the loop.
  ~CaresTcpChannel() override;

  // Connects when there is no connection. OnEnded() may be called before this returns.
  // REQUIRES: fewer than 1024 on their way, as c-ares would give them to one writev(2), which takes no more.
  void Send(TcpQuery* query);

  size_t in_flight() const { return in_flight_.size(); }

 private:
  CaresTcpChannel(base::EventLoop* loop, RandomBits* random) : loop_(*loop), random_(*random) {}

  static void SocketStateHook(void* channel, ares_socket_t fd, int readable, int writable);
  static void EndedHook(void* query, int status, int timeouts, unsigned char* message, int size);
  void OnReady(uint32_t events) override;
  bool HasId(uint16_t id) const;

  base::EventLoop& loop_;
  RandomBits& random_;
  CaresChannel channel_;
  std::vector<TcpQuery*> in_flight_;
  int fd_ = -1;             // c-ares' socket
  bool connected_ = false;  // it is, or was when c-ares closed it
  uint64_t ended_ = 0;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_CARES_TCP_CHANNEL_H_
