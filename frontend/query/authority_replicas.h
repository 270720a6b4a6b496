// Asks the authority: which replica, and which one next.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_
#define STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_

#include <cstddef>

#include "absl/time/time.h"
#include "base/clock.h"
#include "dns/lookup_name.h"
#include "frontend/backends/answer_times.h"
#include "frontend/backends/backend_pool.h"
#include "frontend/backends/hedge_queue.h"
#include "frontend/backends/retry_budget.h"
#include "frontend/query/pending_queries.h"
#include "frontend/query/turn_clock.h"

namespace strata::frontend {

// The replicas of one group, numbered as in the zone table. A batch goes to one replica, so that batches are large: to
// the one that owes the fewest answers when it begins. A query that its replica does not answer, or not with sense,
// goes to another one; if it is only late, to another one besides, and the first good answer counts. Used by its
// worker's thread only.
class AuthorityReplicas : private BackendPool::Owner {
 public:
  class Asker {
   public:
    virtual ~Asker() = default;
    // A message, or a code other than REFUSED and SERVFAIL. Returns false when the message makes no sense: then another
    // replica is asked.
    virtual bool OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) = 0;
    // No replica is left to ask.
    virtual void OnAuthorityFailure(PendingQuery* query, const ExtendedErrorView& error) = 0;
  };

  // All outlive it. `max_pending`: of the queries.
  AuthorityReplicas(PendingQueries* pending, size_t max_pending, RetryBudget* budget, TurnClock* clock, Asker* asker)
      : pool_(this), pending_(*pending), budget_(*budget), clock_(*clock), asker_(*asker), hedges_(max_pending) {}

  BackendPool& pool() { return pool_; }
  const BackendPool& pool() const { return pool_; }

  // Asks for `name` one of `candidates`, which holds one that is up; it may be answered when this returns.
  void Ask(PendingQuery* query, BackendSet candidates, const dns::LookupName& name);
  // The query's time is over.
  void Abandon(PendingQuery* query);
  // Asks a second time what is late, and sends what was submitted.
  void Flush();
  // As BackendPool's.
  void OnTick(absl::Duration since_last, absl::Duration hung_after);
  // When Flush() has something to ask a second time; base::MonotonicTime::max(): never, as it looks now.
  base::MonotonicTime NextHedge();

 private:
  // True if another one can be asked; then it was.
  bool Submit(PendingQuery* query, const dns::LookupName& name);
  void Send(PendingQuery* query, int number, const dns::LookupName& name);
  // Asks another one after a bad answer, or after the replica went away.
  void Retry(PendingQuery* query, const ExtendedErrorView& error);
  void Resend(PendingQuery* query);
  void Hedge(PendingQuery* query);
  // The front of the queue, if it waits for one replica still.
  PendingQuery* FirstLate();
  // The replica that gets the current batch among those that may; -1: there is none.
  int Choose(BackendSet candidates);
  void OnBadAnswer(PendingQuery* query, const ExtendedErrorView& error);
  // The second replica that was asked, if there is one, takes the place of the first.
  static void MoveToHedge(PendingQuery* query);
  void OnAnswer(BackendPool* pool, int number, const BackendAnswer& answer) override;
  void OnDown(BackendPool* pool, int number) override;

  BackendPool pool_;
  PendingQueries& pending_;
  RetryBudget& budget_;
  TurnClock& clock_;
  Asker& asker_;
  AnswerTimes times_;
  HedgeQueue hedges_;
  BackendSet chosen_ = 0;  // those that get the current batch; several, if not all serve the same zones
  int next_ = 0;           // of equals
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_
