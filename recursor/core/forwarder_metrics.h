// What one loop of the resolver counts.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_FORWARDER_METRICS_H_
#define STRATA_RECURSOR_CORE_FORWARDER_METRICS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/histogram.h"
#include "base/metrics.h"
#include "base/published.h"
#include "dns/header.h"
#include "dns/metric_label.h"
#include "recursor/core/reply_scrubber.h"
#include "recursor/core/upstream_server.h"
#include "recursor/net/upstream_transport.h"
#include "recursor/resolver.h"

namespace strata::recursor {

// Written by the loop's thread, read by any (base/metrics.h).
struct alignas(base::kCacheLineSize) ForwarderMetrics {
  void CountAnswer(const ResolverAnswer& answer) {
    const bool has_message = !answer.wire.empty();
    const int rcode = has_message ? dns::GetU16(answer.wire, dns::kFlagsOffset) & dns::kRcodeMask : answer.rcode;
    answers[dns::RcodeLabelIndex(static_cast<uint16_t>(rcode))].Add();
  }
  void CountReply(ReplyVerdict verdict) { replies[static_cast<size_t>(verdict)].Add(); }
  void CountFailure(bool tcp, ExchangeFailure failure) { failures[tcp ? 1 : 0][static_cast<size_t>(failure)].Add(); }

  // Of frontends.
  std::array<base::Counter, dns::kTypeLabels> questions;
  std::array<base::Counter, dns::kRcodeLabels> answers;
  base::Counter local;      // answered without asking anybody
  base::Counter coalesced;  // that joined a question in flight
  base::Counter timed_out;  // whose time was up
  // Answered with SERVFAIL, as there were ResolverLimits::questions in flight, or ::waiters for the same.
  base::Counter too_many_questions;
  base::Counter too_many_waiters;

  // Of questions that servers are asked.
  base::Gauge in_flight;
  base::DurationHistogram durations;
  std::array<base::Counter, kReplyVerdicts> replies;
  std::array<std::array<base::Counter, kExchangeFailures>, 2> failures;  // over UDP, over TCP
  base::Counter tcp_after_truncation;
  base::Counter tcp_after_mismatch;
  base::Counter without_edns;
  base::Counter probes;

  // Those in use; their metrics() and address() are for any thread.
  base::Published<std::vector<std::shared_ptr<const UpstreamServer>>> servers;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_FORWARDER_METRICS_H_
