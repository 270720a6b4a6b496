// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/upstream.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/status_macros.h"
#include "recursor/net/cares_library.h"
#include "recursor/net/socket_pool.h"

namespace strata::recursor {
namespace {

// In ids, so that Cancel() knows where to look.
constexpr ExchangeId kTcpBit = ExchangeId{1} << 63;

uint64_t OpenFilesLimit() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Upstream>> Upstream::Create(const UpstreamOptions& options, const base::Clock& clock,
                                                           base::EventLoop* loop) {
  STRATA_RETURN_IF_ERROR(InitCares());
  std::unique_ptr<Upstream> upstream(new Upstream(clock, loop));
  const UdpLimits udp_limits{.max_sockets = SocketsPerLoop(OpenFilesLimit(), options.loops),
                             .max_waiting = options.max_waiting};
  STRATA_ASSIGN_OR_RETURN(upstream->udp_, CaresUdpEngine::Create(upstream->context_, udp_limits));
  upstream->tcp_ = std::make_unique<CaresTcpPool>(upstream->context_, TcpLimits{});
  return upstream;
}

Upstream::Upstream(const base::Clock& clock, base::EventLoop* loop)
    : clock_(clock),
      timers_(clock.MonotonicNow()),
      context_{.loop = loop, .clock = &clock, .timers = &timers_, .random = &random_} {}

Upstream::~Upstream() = default;

ExchangeId Upstream::Start(const base::SocketAddress& server, absl::string_view query, bool tcp, absl::Duration timeout,
                           ExchangeHandler* handler) {
  const ExchangeId id = ++last_id_ | (tcp ? kTcpBit : 0);
  timeout = std::clamp(timeout, absl::ZeroDuration(), kMaxTimeout);
  if (tcp) {
    tcp_->Start(id, server, query, timeout, handler);
  } else {
    udp_->Start(id, server, query, timeout, handler);
  }
  return id;
}

void Upstream::Cancel(ExchangeId id) { (id & kTcpBit) != 0 ? tcp_->Cancel(id) : udp_->Cancel(id); }

void Upstream::Turn() {
  timers_.Advance(clock_.MonotonicNow());
  udp_->Turn();
  tcp_->Turn();
}

absl::Duration Upstream::NextTimeout() const {
  if (udp_->HasWork() || tcp_->HasWork()) return absl::ZeroDuration();
  return timers_.UntilNext(clock_.MonotonicNow());
}

}  // namespace strata::recursor
