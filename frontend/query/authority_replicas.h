// Asks the authority: which replica, and which one next.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_
#define STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_

#include "absl/time/time.h"
#include "base/clock.h"
#include "dns/lookup_name.h"
#include "frontend/backends/backend_pool.h"
#include "frontend/query/pending_queries.h"

namespace strata::frontend {

// The replicas of one group, numbered as in the zone table. A batch goes to one replica, so that batches are large; the
// next batch goes to the next. A query that its replica does not answer, or not with sense, goes to another one. Used
// by its worker's thread only.
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

  // All outlive it.
  AuthorityReplicas(PendingQueries* pending, const base::Clock& clock, Asker* asker)
      : pool_(this), pending_(*pending), clock_(clock), asker_(*asker) {}

  BackendPool& pool() { return pool_; }
  const BackendPool& pool() const { return pool_; }

  // Asks for `name` one of `candidates`, which holds one that is up; it may be answered when this returns.
  void Ask(PendingQuery* query, BackendSet candidates, const dns::LookupName& name, base::MonotonicTime now);
  // The query is given up.
  void Abandon(PendingQuery* query);
  void Flush();

 private:
  bool Submit(PendingQuery* query, const dns::LookupName& name, base::MonotonicTime now);
  void Retry(PendingQuery* query, const ExtendedErrorView& error);
  int Choose(BackendSet candidates) const;
  void OnAnswer(BackendPool* pool, int number, const BackendAnswer& answer) override;
  void OnDown(BackendPool* pool, int number) override;

  BackendPool pool_;
  PendingQueries& pending_;
  const base::Clock& clock_;
  Asker& asker_;
  int preferred_ = 0;  // the replica that gets the current batch
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_AUTHORITY_REPLICAS_H_
