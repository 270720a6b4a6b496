// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_server.h"

#include <chrono>

namespace strata::recursor {

void UpstreamServer::OnUdpReply(absl::Duration round_trip, base::MonotonicTime now) {
  Alive(now);
  mismatches_ = 0;
  if (!measured_) {  // RFC 6298 §2.2
    measured_ = true;
    srtt_ = round_trip;
    rttvar_ = round_trip / 2;
    metrics_.round_trip_ns.Set(absl::ToInt64Nanoseconds(srtt_));
    return;
  }
  // §2.3, with its alpha and beta.
  rttvar_ = (rttvar_ * 3 + absl::AbsDuration(srtt_ - round_trip)) / 4;
  srtt_ = (srtt_ * 7 + round_trip) / 8;
  metrics_.round_trip_ns.Set(absl::ToInt64Nanoseconds(srtt_));
}

void UpstreamServer::OnSilence(base::MonotonicTime sent, base::MonotonicTime now) {
  if (last_reply_ >= sent) return;  // it is there; only this question takes it long
  if (last_failure_ > sent) return;
  last_failure_ = now;
  ++failures_;
  metrics_.silences.Add();
  metrics_.suspect.Set(1);
  metrics_.last_silence.Set(std::chrono::nanoseconds(now.time_since_epoch()).count());
}

absl::Duration UpstreamServer::Rto() const {
  const absl::Duration rto = measured_ ? std::max(srtt_ + 4 * rttvar_, kMinRto) : kUnknownRto;
  return std::min(rto * (1 << std::min(failures_, kMaxBackoff)), kMaxRto);
}

void UpstreamServer::OnMismatch(base::MonotonicTime now) {
  if (++mismatches_ < kMismatchesInARow) return;
  mismatches_ = 0;
  one_case_until_ = now + absl::ToChronoNanoseconds(kDisabilityTtl);
}

}  // namespace strata::recursor
