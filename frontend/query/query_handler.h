// The life of a query: from a message and where it came from to an answer for it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_
#define STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_

#include <algorithm>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "frontend/backends/backend.h"
#include "frontend/backends/retry_budget.h"
#include "frontend/net/message_handler.h"
#include "frontend/net/transport.h"
#include "frontend/policy/client_limiter.h"
#include "frontend/query/authority_replicas.h"
#include "frontend/query/pending_queries.h"
#include "frontend/query/query_intake.h"
#include "frontend/query/query_metrics.h"
#include "frontend/query/response_sender.h"
#include "frontend/query/turn_clock.h"
#include "frontend/query/waiting_line.h"
#include "frontend/recursion/cached_recursion.h"
#include "frontend/zones/zone_table.h"

namespace strata::frontend {

// One worker's handler: transports bring it messages, backends bring it answers, and the worker's loop tells it the
// time. It opens no socket, starts no thread and reads no clock but the one it is given. Not thread-safe: its worker's
// thread only.
class QueryHandler : public MessageHandler, private AuthorityReplicas::Asker, private CachedRecursion::Asker {
 public:
  enum class AnyPolicy { kMinimalUdp, kMinimal, kFull };

  struct Options {
    QueryIntake::Options intake;
    ResponseSender::Options sender;
    AnyPolicy any = AnyPolicy::kMinimalUdp;
    // Names in no known zone are resolved or refused even before any authority has told its zones.
    bool start_without_authority = false;
    CachedRecursion::Options recursion;
    // Queries that wait for a backend, or for room to ask it, at a time; 65535 at the most, and more than may be
    // resolved at a time, so that names of ours are answered whatever others are asked for. Beyond, they are shed: UDP
    // silently, TCP with SERVFAIL.
    size_t max_pending = 16384;
    // The same of one client (ClientLimiter), so that others find room. A client that is proven to be where it says, by
    // a connection or a cookie, is counted apart: forged queries do not fill its share.
    uint32_t max_pending_per_client = 4096;
    // From a query's arrival to SERVFAIL, where the authority is asked.
    absl::Duration deadline = absl::Seconds(2);
    // The same where it is resolved elsewhere: stub resolvers wait for 5 s.
    absl::Duration recursion_deadline = absl::Seconds(5);
    // A backend that owes answers and gives no sign of life for so long hangs.
    absl::Duration hung_after = absl::Milliseconds(500);
  };

  // Both outlive the handler.
  QueryHandler(const Options& options, const PublishedZones& zones, const base::Clock& clock);

  // The authority's replica with the next number, as in the zone table. Before the first message; it outlives the
  // handler's last call.
  void AddReplica(Backend* replica) { authority_.pool().Add(replica); }
  BackendEvents* replica_events() { return &authority_.pool(); }
  // Where names are resolved that are in no zone of ours. As AddReplica().
  CachedRecursion& recursion() { return recursion_; }

  bool OnMessage(absl::string_view message, const Client& client) override;
  void OnLoss(Loss loss, uint64_t count) override;
  void Flush() override;
  // Gives up what has waited too long, and backends that hang. To be called every 100 ms while busy().
  void OnTick();

  // When Flush() is to be called at the latest, because some backend is late; base::MonotonicTime::max(): never.
  base::MonotonicTime NextHedge() { return std::min(authority_.NextHedge(), recursion_.NextHedge()); }

  // Any thread.
  const QueryMetrics& metrics() const { return metrics_; }
  const BackendMetrics& authority_metrics() const { return authority_.pool().metrics(); }
  const BackendMetrics& member_metrics() const { return recursion_.member_metrics(); }
  const BackendMetrics& recursor_metrics() const { return recursion_.recursor_metrics(); }
  const RecursionMetrics& recursion_metrics() const { return recursion_.metrics(); }

  // Queries that wait for their answer.
  size_t pending() const { return pending_.size(); }
  // There is work that needs ticks: pending queries, or resolutions for others.
  bool busy() const { return pending_.size() + recursion_.resolutions() > 0; }
  // Those whom the first query may need are there.
  bool has_backend() const {
    return authority_.pool().size() > 0 ? authority_.pool().up() != 0 : recursion_.recursor_up();
  }

 private:
  bool Route(const QueryEcho& echo, const Client& client);
  // For a name that is in no zone of ours.
  bool RouteElsewhere(const QueryEcho& echo, const Client& client);
  bool RefuseTransfer(const QueryEcho& echo, const Client& client, bool is_zone);
  // nullptr when there are too many, which the client was told where it is to be told.
  PendingQuery* Admit(const QueryEcho& echo, const Client& client);
  void AskAuthority(PendingQuery* query, BackendSet owners, const dns::LookupName& name);
  // Asks the authority for who waits in line, as far as there is room. Sheds who has waited for too long.
  void ServeLine();
  void AskOthers(PendingQuery* query, const dns::LookupName& name);
  // Asks for the name that the query's chain has come to.
  void FollowChain(PendingQuery* query);

  bool OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) override;
  void OnAuthorityFailure(PendingQuery* query, const ExtendedErrorView& error) override;
  void OnResolved(uint32_t id, const BackendAnswer& answer) override;

  // True, for tail calls.
  bool SendError(const QueryEcho& echo, const Client& client, uint16_t rcode, const ExtendedErrorView* error);
  // There is no room for the query. False: nobody is told.
  bool Shed(const QueryEcho& echo, const Client& client, Dropped reason, const ExtendedErrorView& error);
  // Sends the answer, at the end of its chain if it has one, and forgets the query. False when it is no answer to the
  // query; then nothing happens.
  bool Finish(PendingQuery* query, const BackendAnswer& answer);
  void Fail(PendingQuery* query, uint16_t rcode, const ExtendedErrorView* error);
  void Forget(PendingQuery* query);
  base::MonotonicTime Now() { return clock_.Now(); }

  const Options options_;
  PublishedZones::View zones_;
  TurnClock clock_;  // a turn ends with Flush()
  QueryMetrics metrics_;
  ResponseSender sender_;
  QueryIntake intake_;
  PendingQueries pending_;
  ClientLimiter unproven_clients_;
  ClientLimiter proven_clients_;
  RetryBudget budget_;
  AuthorityReplicas authority_;
  WaitingLine line_;  // for the authority
  CachedRecursion recursion_;
  base::MonotonicTime last_tick_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_
