// The life of a query: from a message and where it came from to an answer for it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_
#define STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "dns/query.h"
#include "frontend/backends/backend.h"
#include "frontend/net/message_handler.h"
#include "frontend/net/transport.h"
#include "frontend/policy/access_list.h"
#include "frontend/query/authority_replicas.h"
#include "frontend/query/pending_queries.h"
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
    AnyPolicy any = AnyPolicy::kMinimalUdp;
    uint16_t max_udp_size = kDefaultMaxUdpSize;
    // Names in no known zone are resolved or refused even before any authority has told its zones.
    bool start_without_authority = false;
    // Log each answer.
    bool log_queries = false;
    // Who may have names resolved that are in no zone of ours.
    AccessList recursion_clients = AccessList::LocalNetworks();
    CachedRecursion::Options recursion;
    // Queries that wait for a backend at a time; 65535 at the most, and more than may be resolved at a time, so that
    // names of ours are answered whatever others are asked for. Beyond, they are shed: UDP silently, TCP with SERVFAIL.
    size_t max_pending = 16384;
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
  void Flush() override;
  // Gives up what has waited too long, and backends that hang. To be called every 100 ms while busy().
  void OnTick();

  // Queries that wait for their answer.
  size_t pending() const { return pending_.size(); }
  // There is work that needs ticks: pending queries, or resolutions for others.
  bool busy() const { return pending_.size() + recursion_.resolutions() > 0; }
  // Those whom the first query may need are there.
  bool has_backend() const {
    return authority_.pool().size() > 0 ? authority_.pool().up() != 0 : recursion_.recursor_up();
  }

 private:
  bool Route(const Client& client);
  // For a name that is in no zone of ours.
  bool RouteElsewhere(const QueryEcho& echo, const Client& client);
  // nullptr when there are too many, which the client was told where it is to be told.
  PendingQuery* Admit(const QueryEcho& echo, const Client& client);
  void AskAuthority(PendingQuery* query, BackendSet owners, const dns::LookupName& name);
  void AskOthers(PendingQuery* query, const dns::LookupName& name);
  // Asks for the name that the query's chain has come to.
  void FollowChain(PendingQuery* query);

  bool OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) override;
  void OnAuthorityFailure(PendingQuery* query, const ExtendedErrorView& error) override;
  void OnResolved(uint32_t id, const BackendAnswer& answer) override;

  QueryEcho Echo(const Client& client) const;
  // True, for tail calls.
  bool SendError(const QueryEcho& echo, const Client& client, uint16_t rcode, const ExtendedErrorView* error = nullptr);
  // Sends what was written to the buffer that `client`'s transport prepared.
  void Commit(const Client& client, absl::string_view answer, uint16_t rcode);
  // Sends the answer, at the end of its chain if it has one, and forgets the query. False when it is no answer to the
  // query; then nothing happens.
  bool Finish(PendingQuery* query, const BackendAnswer& answer);
  void Fail(PendingQuery* query, uint16_t rcode, const ExtendedErrorView* error);
  // The time, read once for what is handled between two calls of Flush().
  base::MonotonicTime Now();

  const Options options_;
  PublishedZones::View zones_;
  const base::Clock& clock_;
  PendingQueries pending_;
  AuthorityReplicas authority_;
  CachedRecursion recursion_;
  base::MonotonicTime now_;
  bool now_is_fresh_ = false;
  base::MonotonicTime last_tick_;
  dns::Query query_;  // the message being handled; here for its size
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_QUERY_HANDLER_H_
