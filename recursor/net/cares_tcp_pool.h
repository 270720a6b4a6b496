// Queries over TCP: a connection to each server that is being asked, kept for a while (RFC 7766 §6.2.3).
//
// c-ares does the connection (cares_tcp_channel.h). Here is what it has not: a timeout and a cancellation for each
// query, the check of replies (reply_check.h), a limit to what is on its way (the library sends nothing at all when
// 1024 queries wait for a connection), and patience with servers that answer one query a connection. Those break off
// many queries at a time; then they get one at a time, and those broken off are sent once more.
//
// A query that ended early for its handler stays with c-ares until its reply or the end of its connection. A connection
// on which nothing else is left, or much, gets no more queries and is closed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_CARES_TCP_POOL_H_
#define STRATA_RECURSOR_NET_CARES_TCP_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/metrics.h"
#include "base/socket_address.h"
#include "recursor/net/loop_context.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {

struct TcpLimits {
  size_t max_servers = 128;   // connections; of those that are not in use the one idle for longest makes room
  size_t max_in_flight = 64;  // on a connection
  size_t max_queued = 1024;   // for a connection; more fail at once
  absl::Duration max_idle = absl::Seconds(10);
};

// Written by the loop, read by any thread.
struct TcpCounters {
  base::Counter sent;
  base::Counter no_socket;    // failed for want of a connection
  base::Counter near_misses;  // replies that were none
  base::Counter broken_off;   // queries that were sent once more, one at a time
};

struct TcpConnection;
struct TcpExchange;
struct TcpServer;

// Used by the loop's thread only.
class CaresTcpPool {
 public:
  // REQUIRES: InitCares() was fine.
  CaresTcpPool(const LoopContext& context, const TcpLimits& limits);
  // Handlers of what is outstanding are not called.
  ~CaresTcpPool();
  CaresTcpPool(const CaresTcpPool&) = delete;
  CaresTcpPool& operator=(const CaresTcpPool&) = delete;

  // As UpstreamTransport's; `id` is one that was not used before.
  void Start(ExchangeId id, const base::SocketAddress& server, absl::string_view query, absl::Duration timeout,
             ExchangeHandler* handler);
  void Cancel(ExchangeId id);

  // Between two turns of the loop, after the timers: tells the handlers.
  void Turn();
  // Whether Turn() has something to do without waiting.
  bool HasWork() const { return !ending_.empty() || pump_; }

  const TcpCounters& counters() const { return counters_; }
  size_t servers() const { return servers_.size(); }
  // Queries queued, on their way, or not yet let go of.
  size_t outstanding() const { return exchanges_.size(); }

 private:
  friend struct TcpExchange;
  friend struct TcpServer;

  TcpServer* FindServer(const base::SocketAddress& address);
  bool MakeRoom();
  void Forget(TcpServer* server);
  void Pump(TcpServer* server);
  void SendAgain(TcpExchange* exchange);
  void End(TcpExchange* exchange, ExchangeFailure failure);
  void Tell(TcpExchange* exchange);

  const LoopContext context_;
  const TcpLimits limits_;
  TcpCounters counters_;
  absl::flat_hash_map<ExchangeId, std::unique_ptr<TcpExchange>> exchanges_;
  absl::flat_hash_map<std::string, std::unique_ptr<TcpServer>> servers_;  // by address and port
  std::vector<std::unique_ptr<TcpConnection>> retired_;  // until they have answered those who still wait
  std::vector<TcpExchange*> ending_;
  std::vector<TcpExchange*> telling_;  // during Turn()
  bool pump_ = false;                  // a connection has room for more
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_CARES_TCP_POOL_H_
