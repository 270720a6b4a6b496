// One server that is asked: what its replies, and their absence, have taught about it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_UPSTREAM_SERVER_H_
#define STRATA_RECURSOR_CORE_UPSTREAM_SERVER_H_

#include <algorithm>
#include <optional>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/socket_address.h"

namespace strata::recursor {

// What of it is shown to operators. Written by the server's loop, read by any thread.
struct UpstreamServerMetrics {
  base::Counter queries;
  base::Counter replies;
  base::Counter silences;
  base::Gauge suspect;        // 1: it is
  base::Gauge round_trip_ns;  // smoothed; 0: not known
  base::Gauge last_silence;   // on the monotonic clock, in nanoseconds
};

// Not thread-safe, but for address() and metrics(): each loop learns for itself, at the price of one lost query a loop.
//
// Round trips are remembered as in RFC 6298, from replies over UDP. Each query has a port and an ID of its own, so that
// a late reply is a true measurement, too (no need of Karn's rule). A server that let its time-out pass is *suspect*
// until it replies to anything: others are preferred, and it gets a copy of a question now and then.
class UpstreamServer {
 public:
  static constexpr absl::Duration kUnknownRto = absl::Milliseconds(376);
  static constexpr absl::Duration kMinRto = absl::Milliseconds(50);
  static constexpr absl::Duration kMaxRto = absl::Milliseconds(1500);
  // How long it stays remembered that a server cannot do something.
  static constexpr absl::Duration kDisabilityTtl = absl::Minutes(15);

  explicit UpstreamServer(const base::SocketAddress& address) : address_(address) {}

  const base::SocketAddress& address() const { return address_; }

  const UpstreamServerMetrics& metrics() const { return metrics_; }

  void OnAsked(base::MonotonicTime now) {
    last_asked_ = now;
    metrics_.queries.Add();
  }
  void OnUdpReply(absl::Duration round_trip, base::MonotonicTime now);
  // A reply of any kind, but no measurement: over TCP it includes the handshake.
  void OnTcpReply(base::MonotonicTime now) { Alive(now); }
  // The time-out of a query that left at `sent` has passed, or the network says that the server is not there. Counts
  // once for all the queries that were under way together, and not at all when others were answered meanwhile.
  void OnSilence(base::MonotonicTime sent, base::MonotonicTime now);

  // When to try another way, with back-off.
  absl::Duration Rto() const;
  // What to expect of it: smoothed round trip; a guess for one that is not known yet.
  absl::Duration ExpectedRoundTrip() const { return measured_ ? srtt_ : kGuess; }

  bool suspect() const { return failures_ > 0; }
  // A suspect that was not asked for as long as its time-out.
  bool ProbeDue(base::MonotonicTime now) const {
    return suspect() && now - last_asked_ >= absl::ToChronoNanoseconds(Rto());
  }
  base::MonotonicTime last_asked() const { return last_asked_; }

  // FORMERR or NOTIMP to a query with EDNS (RFC 6891 §7).
  void OnEdnsRefused(base::MonotonicTime now) { plain_until_ = now + absl::ToChronoNanoseconds(kDisabilityTtl); }
  bool takes_edns(base::MonotonicTime now) const { return now >= plain_until_; }

  // Only nearly matching replies came. When that is all that ever comes, the server is one that does not keep the
  // letter case of questions; whoever wants to forge that has to keep every reply of the server from us.
  void OnMismatch(base::MonotonicTime now);
  bool keeps_case(base::MonotonicTime now) const { return now >= one_case_until_; }

 private:
  static constexpr absl::Duration kGuess = absl::Milliseconds(50);
  static constexpr int kMaxBackoff = 5;
  static constexpr int kMismatchesInARow = 3;

  void Alive(base::MonotonicTime now) {
    failures_ = 0;
    last_reply_ = now;
    metrics_.replies.Add();
    metrics_.suspect.Set(0);
  }

  const base::SocketAddress address_;
  UpstreamServerMetrics metrics_;
  bool measured_ = false;
  absl::Duration srtt_;
  absl::Duration rttvar_;
  int failures_ = 0;  // in a row
  int mismatches_ = 0;
  // The start of the clock: never.
  base::MonotonicTime last_asked_;
  base::MonotonicTime last_reply_;
  base::MonotonicTime last_failure_;
  base::MonotonicTime plain_until_;
  base::MonotonicTime one_case_until_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_UPSTREAM_SERVER_H_
