// One question on its way through the servers that it is forwarded to.
//
//   ask ─┬─ answer ────────────────────────────────────────────────→ done
//        ├─ TC, or only nearly matching replies ─→ the same over TCP
//        ├─ FORMERR or NOTIMP, no EDNS ─→ the same without EDNS
//        ├─ SERVFAIL, REFUSED ..., nonsense ─→ the next server, and never this one again
//        └─ silence ─→ the next server; this one is listened to for a while yet
//   no server is left, or all tries are used up ─→ done: the best of the failures
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_FORWARD_QUERY_H_
#define STRATA_RECURSOR_CORE_FORWARD_QUERY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/inlined_vector.h"
#include "base/clock.h"
#include "recursor/core/forwarder_metrics.h"
#include "recursor/core/question.h"
#include "recursor/core/reply_scrubber.h"
#include "recursor/core/server_probes.h"
#include "recursor/core/upstream_servers.h"
#include "recursor/net/random_bits.h"
#include "recursor/net/timer_wheel.h"
#include "recursor/net/upstream_transport.h"
#include "recursor/resolver.h"

namespace strata::recursor {

class ForwardQuery;

// What the queries of a loop have in common; all outlive them.
struct ForwardContext {
  const base::Clock* clock = nullptr;
  UpstreamTransport* transport = nullptr;
  TimerWheel* timers = nullptr;
  RandomBits* random = nullptr;
  ReplyScrubber* scrubber = nullptr;
  ServerProbes* probes = nullptr;
  ForwarderMetrics* metrics = nullptr;
};

class ForwardQueryOwner {
 public:
  virtual ~ForwardQueryOwner() = default;
  // The end; from here on the query may be started anew. The answer has no ID, and is good during the call.
  virtual void OnDone(ForwardQuery* query, const ResolverAnswer& answer) = 0;
};

// Not thread-safe. One object serves question after question.
class ForwardQuery final : Timer {
 public:
  ForwardQuery(const ForwardContext& context, ForwardQueryOwner* owner);
  ~ForwardQuery() override;

  // `question` views what lives until OnDone(); at least one server. `max_packets` bounds all that is sent for it. How
  // long it may take is the owner's: there is Abandon().
  void Start(const QuestionView& question, std::shared_ptr<UpstreamServers> servers, int max_packets);
  // Nobody waits any more. The owner is not called.
  void Abandon();

  const QuestionView& question() const { return question_; }
  // What to say if there is no time for more. Views this query.
  ResolverAnswer FailureSoFar();

 private:
  // At most this many are listened to: each has a port and an ID that a forgery might hit (RFC 5452 §4.3).
  static constexpr size_t kMaxOpen = 4;

  enum class Problem : uint8_t { kNone, kNoReply, kUnreachable, kTcpFailed, kNoSocket, kUnusable, kRcode };

  struct Attempt final : ExchangeHandler {
    void OnReply(absl::string_view message, absl::Duration round_trip) override;
    void OnFailure(ExchangeFailure failure, bool suspicious) override;

    ForwardQuery* query = nullptr;
    ExchangeId id = 0;
    size_t server = 0;
    base::MonotonicTime sent;
    bool open = false;
    bool tcp = false;
    bool edns = false;
  };

  void OnExpired() override;
  void AskNext();
  // False: that would be more packets than allowed.
  bool Ask(size_t server, bool tcp, bool edns);
  Attempt* FreeAttempt();
  absl::Duration ListenTime(bool tcp) const;
  absl::Duration RetryTime(size_t server, bool tcp) const;
  bool AllTriesUsed() const;
  bool AnyOpen() const;
  void SendProbe();
  void OnReply(Attempt* attempt, absl::string_view message, absl::Duration round_trip);
  void OnFailure(Attempt* attempt, ExchangeFailure failure, bool suspicious);
  // The attempt came to nothing.
  void GoOn(const Attempt* attempt);
  void OnServerFailure(size_t server, const ScrubbedReply& reply);
  void OnServerUnusable(size_t server, Problem problem);
  void DescribeProblems();
  void CloseAll();
  void Finish(const ResolverAnswer& answer);

  const ForwardContext context_;
  ForwardQueryOwner& owner_;
  QuestionView question_;
  std::shared_ptr<UpstreamServers> servers_;
  int packets_left_ = 0;
  std::array<Attempt, kMaxOpen> attempts_;
  const Attempt* latest_ = nullptr;
  std::string message_;
  // By server.
  absl::InlinedVector<uint8_t, 4> tries_;
  absl::InlinedVector<Problem, 4> problems_;
  absl::InlinedVector<uint16_t, 4> rcodes_;
  // The best failure that a server answered with.
  bool has_failure_ = false;
  uint16_t failure_rcode_ = 0;
  bool failure_has_error_ = false;
  uint16_t failure_error_ = 0;
  std::string failure_text_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_FORWARD_QUERY_H_
