// The resolver's way to other servers: c-ares, over UDP and TCP.
//
// Each loop of the resolver has one, and turns like this:
//
//   STRATA_RETURN_IF_ERROR(InitCares());                        // once, first thing
//   base::EventLoop loop;
//   STRATA_ASSIGN_OR_RETURN(const auto upstream, Upstream::Create({.loops = 2}, clock, &loop));
//   while (running) {
//     loop.RunOnce(upstream->NextTimeout());                    // packets come in
//     upstream->Turn();                                         // handlers are told
//   }
//
// Start() and Cancel() are for the loop's thread: from handlers, and from whatever else the loop runs.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_UPSTREAM_H_
#define STRATA_RECURSOR_NET_UPSTREAM_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "base/socket_address.h"
#include "recursor/net/cares_tcp_pool.h"
#include "recursor/net/cares_udp_engine.h"
#include "recursor/net/loop_context.h"
#include "recursor/net/random_bits.h"
#include "recursor/net/timer_wheel.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {

struct UpstreamOptions {
  int loops = 1;              // that share this process's descriptors (RLIMIT_NOFILE)
  size_t max_waiting = 4096;  // queries of this loop for whom no socket is left
};

class Upstream final : public UpstreamTransport {
 public:
  // A longer timeout is taken for this one.
  static constexpr absl::Duration kMaxTimeout = absl::Seconds(30);

  // `clock` and `loop` outlive it. FailedPrecondition: this machine's c-ares is not one that is known.
  // ResourceExhausted: no memory.
  static absl::StatusOr<std::unique_ptr<Upstream>> Create(const UpstreamOptions& options, const base::Clock& clock,
                                                          base::EventLoop* loop);
  // Handlers of what is outstanding are not called. Not from within a turn of the loop.
  ~Upstream() override;

  ExchangeId Start(const base::SocketAddress& server, absl::string_view query, bool tcp, absl::Duration timeout,
                   ExchangeHandler* handler) override;
  void Cancel(ExchangeId id) override;

  // After each EventLoop::RunOnce(): tells the handlers of what has ended.
  void Turn();
  // For how long RunOnce() may wait.
  absl::Duration NextTimeout() const;

  const UdpCounters& udp_counters() const { return udp_->counters(); }
  const TcpCounters& tcp_counters() const { return tcp_->counters(); }

 private:
  Upstream(const base::Clock& clock, base::EventLoop* loop);

  const base::Clock& clock_;
  TimerWheel timers_;
  RandomBits random_;
  const LoopContext context_;
  ExchangeId last_id_ = 0;
  std::unique_ptr<CaresUdpEngine> udp_;
  std::unique_ptr<CaresTcpPool> tcp_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_UPSTREAM_H_
