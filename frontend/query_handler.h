// The life of a query: from a message and where it came from to an answer for it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_HANDLER_H_
#define STRATA_FRONTEND_QUERY_HANDLER_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "dns/query.h"
#include "frontend/backend.h"
#include "frontend/pending_queries.h"
#include "frontend/transport.h"
#include "frontend/zone_table.h"

namespace strata::frontend {

// One worker's handler: transports bring it messages, backends bring it answers, and the worker's loop tells it the
// time. It opens no socket, starts no thread and reads no clock but the one it is given. Not thread-safe: its worker's
// thread only.
class QueryHandler : public BackendEvents {
 public:
  enum class AnyPolicy { kMinimalUdp, kMinimal, kFull };

  struct Options {
    AnyPolicy any = AnyPolicy::kMinimalUdp;
    uint16_t max_udp_size = kDefaultMaxUdpSize;
    // Names in no known zone get REFUSED even before any authority has told its zones.
    bool start_without_authority = false;
    // Log each answer.
    bool log_queries = false;
    // Queries that wait for a backend at a time; 65535 at the most. Beyond, they are shed: UDP silently, TCP with
    // SERVFAIL.
    size_t max_pending = 16384;
    // From a query's arrival to SERVFAIL.
    absl::Duration deadline = absl::Seconds(2);
    // A backend that owes answers and gives none for so long hangs.
    absl::Duration hung_after = absl::Milliseconds(500);
  };

  // Both outlive the handler.
  QueryHandler(const Options& options, const PublishedZones& zones, const base::Clock& clock);

  // The authority's replica with the next number, as in the zone table. Before the first message; it outlives the
  // handler's last call.
  void AddReplica(Backend* replica);

  // A message has come. It is read during the call only. The answer may be sent during the call or later; false: there
  // will be none.
  bool OnMessage(absl::string_view message, const Client& client);
  // No more messages for now: what was gathered goes to the backends.
  void Flush();
  // Gives up what has waited too long, and backends that hang. To be called every 100 ms while queries are pending.
  void OnTick();

  void OnAnswer(Backend* backend, const BackendAnswer& answer) override;
  void OnUp(Backend* backend) override;
  void OnDown(Backend* backend) override;

  size_t pending() const { return pending_.size(); }
  // Some replica is up.
  bool has_backend() const { return up_ != 0; }

 private:
  struct Replica {
    Backend* backend;
    uint32_t outstanding = 0;
    bool answered = false;            // since the last tick
    base::MonotonicTime last_answer;  // to the tick, or when it was given work after being idle
  };

  bool Route(const Client& client);
  bool Admit(const QueryEcho& echo, const Client& client, ReplicaSet owners);
  // Sends `query` to the best replica of its candidates. False when none is up.
  bool Submit(PendingQuery* query, const dns::LookupName& name);
  // Asks another replica; SERVFAIL with `error` when there is none left.
  void Retry(PendingQuery* query, const ExtendedErrorView& error);
  int ChooseReplica(ReplicaSet candidates);
  // REQUIRES: it was added.
  int NumberOf(const Backend* backend) const;

  QueryEcho Echo(const Client& client) const;
  // True, for tail calls.
  bool SendError(const QueryEcho& echo, const Client& client, uint16_t rcode, const ExtendedErrorView* error = nullptr);
  // Sends what was written to the buffer that `client`'s transport prepared.
  void Commit(const Client& client, absl::string_view answer, uint16_t rcode);
  void Fail(PendingQuery* query, const ExtendedErrorView& error);
  // The time, read once for what is handled between two calls of Flush().
  base::MonotonicTime Now();

  const Options options_;
  PublishedZones::View zones_;
  const base::Clock& clock_;
  std::vector<Replica> replicas_;
  ReplicaSet up_ = 0;
  int preferred_ = 0;  // the replica that gets the current batch
  PendingQueries pending_;
  base::MonotonicTime now_;
  bool now_is_fresh_ = false;
  dns::Query query_;  // the message being handled; here for its size
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_HANDLER_H_
