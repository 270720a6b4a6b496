// Queries over UDP by c-ares, with sockets, timers and a check of replies of our own.
//
// c-ares keeps what is outstanding and matches replies to it. By itself it would send all queries to a server from one
// port, knows neither a timeout nor a cancellation of a single query, and takes replies that a resolver must not take
// (reply_check.h). So it gets one channel with one "server" and one "socket", both mere placeholders, and its socket
// functions (ares_set_socket_functions) are ours:
//
//   sending    gives the query to a socket of the pool, connected to the query's own destination from a fresh port
//   receiving  gives what we have received and checked; and, for a query that ran out of time, was cancelled or whose
//              server is unreachable, that query's own header and question as if they had been received: so c-ares
//              lets go of it as it does of any other
//
// Everything that ends is thus collected first, in `ending_`, and one call of ares_process_fd() a turn takes it through
// c-ares. The callbacks only take note, as destroying or cancelling from within them is use after free in this release;
// handlers are told when that call has returned, and may start and cancel as they like.
//
// A header without question (some servers' FORMERR) is no reply here: too easy to forge.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_CARES_UDP_ENGINE_H_
#define STRATA_RECURSOR_NET_CARES_UDP_ENGINE_H_

#include <ares.h>
#include <netinet/in.h>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/metrics.h"
#include "base/socket_address.h"
#include "recursor/net/cares_library.h"
#include "recursor/net/loop_context.h"
#include "recursor/net/socket_pool.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {

struct UdpLimits {
  size_t max_sockets = 1024;  // queries outstanding
  size_t max_waiting = 4096;  // for a socket, first come first served; more fail at once
};

// Written by the loop, read by any thread.
struct UdpCounters {
  base::Counter sent;
  base::Counter waited;       // for a socket
  base::Counter no_socket;    // failed for want of one
  base::Counter near_misses;  // datagrams that came to a query's socket and were not its reply
};

// Used by the loop's thread only.
class CaresUdpEngine final : SocketReader {
 public:
  // REQUIRES: InitCares() was fine. ResourceExhausted: no memory.
  static absl::StatusOr<std::unique_ptr<CaresUdpEngine>> Create(const LoopContext& context, const UdpLimits& limits);
  // Handlers of what is outstanding are not called.
  ~CaresUdpEngine() override;

  // As UpstreamTransport's; `id` is one that was not used before.
  void Start(ExchangeId id, const base::SocketAddress& server, absl::string_view query, absl::Duration timeout,
             ExchangeHandler* handler);
  void Cancel(ExchangeId id);

  // Between two turns of the loop, after the timers: tells the handlers.
  void Turn();
  // Whether Turn() has something to do without waiting.
  bool HasWork() const { return !ending_.empty(); }

  const UdpCounters& counters() const { return counters_; }
  // Queries waiting, on their way, or not yet let go of.
  size_t outstanding() const { return exchanges_.size(); }

 private:
  static constexpr size_t kReceiveSlots = 64;
  static constexpr size_t kSlotSize = 4096;

  CaresUdpEngine(const LoopContext& context, const UdpLimits& limits);

  static const ares_socket_functions kSocketFunctions;
  static ares_ssize_t SendHook(ares_socket_t fd, const iovec* data, int count, void* engine);
  static ares_ssize_t ReceiveHook(ares_socket_t fd, void* data, size_t size, int flags, sockaddr* from,
                                  ares_socklen_t* from_size, void* engine);
  static void EndedHook(void* exchange, int status, int timeouts, unsigned char* message, int size);

  friend struct UdpExchange;
  void OnReadable(UdpSocket* socket) override;
  void Send(UdpExchange* exchange, UdpSocket* socket);
  void SendWaiting();
  void OnNearMiss(UdpExchange* exchange);
  void End(UdpExchange* exchange, ExchangeFailure failure);
  void Tell(UdpExchange* exchange);

  const LoopContext context_;
  const UdpLimits limits_;
  UdpCounters counters_;
  CaresChannel channel_;
  sockaddr_in placeholder_{};  // kPlaceholderServer
  absl::flat_hash_map<ExchangeId, std::unique_ptr<UdpExchange>> exchanges_;
  SocketPool sockets_;
  std::bitset<65536> ids_in_use_;
  std::deque<UdpExchange*> waiting_;
  UdpExchange* sending_ = nullptr;     // during ares_send()
  std::vector<UdpExchange*> ending_;   // to be taken through c-ares and told
  size_t received_ = 0;                // of these, by c-ares
  std::vector<UdpExchange*> telling_;  // during Turn()
  std::unique_ptr<char[]> slots_;
  size_t slots_used_ = 0;  // since the last Turn()
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_CARES_UDP_ENGINE_H_
