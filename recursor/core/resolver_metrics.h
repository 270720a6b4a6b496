// What all loops of a resolver have counted, as Prometheus reads it, and whether the resolver is ready.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_RESOLVER_METRICS_H_
#define STRATA_RECURSOR_CORE_RESOLVER_METRICS_H_

#include "absl/types/span.h"
#include "base/admin_pages.h"
#include "base/clock.h"
#include "base/metrics_text.h"
#include "recursor/core/forwarder_metrics.h"
#include "recursor/net/cares_tcp_pool.h"
#include "recursor/net/cares_udp_engine.h"

namespace strata::recursor {

// Of one loop; borrowed.
struct LoopMetrics {
  const ForwarderMetrics* forwarder = nullptr;
  const UdpCounters* udp = nullptr;
  const TcpCounters* tcp = nullptr;
};

// Thread-safe, both.

// Sums over the loops. A server is up unless it is suspect (upstream_server.h) in every loop that has asked it.
void WriteResolverMetrics(absl::Span<const LoopMetrics> loops, base::MetricsWriter* writer);

// Not ready when there are servers and all are silent: suspect, and asked in vain in the last ten seconds. (Silence
// that is longer ago says nothing: a resolver that nobody asks learns nothing.)
base::Readiness GetReadiness(absl::Span<const LoopMetrics> loops, base::MonotonicTime now);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_RESOLVER_METRICS_H_
