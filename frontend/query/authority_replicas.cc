// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/authority_replicas.h"

#include <bit>
#include <utility>

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

// First try and re-sends. Queries are idempotent; the bound keeps one that kills backends from killing all of them.
constexpr int kMaxAttempts = 3;

constexpr ExtendedErrorView kAway = {dns::extended_error::kNetworkError, "authority unreachable"};
constexpr ExtendedErrorView kNotServed = {dns::extended_error::kNotReady, "no authority serves the zone now"};
constexpr ExtendedErrorView kNoSense = {dns::extended_error::kNetworkError, "authority gave no valid answer"};

constexpr BackendSet BitOf(int number) { return BackendSet{1} << number; }

}  // namespace

int AuthorityReplicas::Choose(BackendSet candidates) {
  BackendSet best = pool_.standing().Best(candidates);
  if (best == 0) return -1;
  if (const BackendSet roomy = pool_.WithRoom(best); roomy != 0) best = roomy;
  if ((best & chosen_) != 0) return std::countr_zero(best & chosen_);
  const int least = pool_.standing().LeastOwed(best, next_);
  chosen_ |= BitOf(least);
  next_ = (least + 1) % pool_.size();
  return least;
}

void AuthorityReplicas::Ask(PendingQuery* query, BackendSet candidates, const dns::LookupName& name) {
  query->candidates = candidates;
  query->failed = 0;
  query->hedge = -1;
  query->attempts = 0;
  query->resent = false;
  budget_.OnQuery();
  if (!Submit(query, name)) asker_.OnAuthorityFailure(query, kAway);
}

bool AuthorityReplicas::Submit(PendingQuery* query, const dns::LookupName& name) {
  const int number = Choose(query->candidates);
  const base::MonotonicTime now = clock_.Now();
  if (number < 0 || query->attempts == kMaxAttempts || now >= query->deadline) return false;
  query->replica = number;
  query->sent = now;
  // Where nobody else can be asked there is nothing to watch.
  if ((query->candidates & pool_.up() & ~BitOf(number)) != 0) hedges_.Push(query->id, now);
  Send(query, number, name);
  return true;
}

void AuthorityReplicas::Send(PendingQuery* query, int number, const dns::LookupName& name) {
  query->candidates &= ~BitOf(number);
  ++query->attempts;
  BackendQuery question;
  question.id = query->id;
  question.name = &name;
  question.type = query->type;
  question.rr_class = query->rr_class;
  question.recursion_desired = (query->echo.flags & dns::kRd) != 0;
  question.dnssec_ok = query->echo.dnssec_ok;
  question.checking_disabled = (query->echo.flags & dns::kCd) != 0;
  question.minimal_any = query->minimal_any;
  // That of the zone that the client's own question is in; not of those that aliases lead to.
  question.want_zoneversion = query->echo.options.wants_zone_version && query->chain == nullptr;
  // A part of an answer is cut when the whole is there.
  if (query->chain == nullptr) question.max_size = static_cast<uint16_t>(query->echo.max_size - OptSize(query->echo));
  question.time_left = absl::FromChrono(query->deadline - clock_.Now());
  // The query may be answered, and gone, when this returns.
  pool_.Submit(number, question);
}

void AuthorityReplicas::Retry(PendingQuery* query, const ExtendedErrorView& error) {
  query->replica = -1;
  if (pool_.standing().Best(query->candidates) == 0) return asker_.OnAuthorityFailure(query, error);
  if (!budget_.Take()) {
    pool_.metrics().over_budget.Add();
    return asker_.OnAuthorityFailure(query, error);
  }
  pool_.metrics().retries.Add();
  const dns::LookupName name(query->current_name());
  if (!Submit(query, name)) asker_.OnAuthorityFailure(query, error);
}

void AuthorityReplicas::Resend(PendingQuery* query) {
  query->replica = -1;
  const dns::LookupName name(query->current_name());
  // Once: a query that breaks streams must not break all of them.
  const bool again = std::exchange(query->resent, true);
  if (again || !Submit(query, name)) asker_.OnAuthorityFailure(query, kAway);
}

void AuthorityReplicas::Hedge(PendingQuery* query) {
  const BackendSet others = pool_.standing().Best(query->candidates);
  if (others == 0 || query->attempts == kMaxAttempts || clock_.Now() >= query->deadline) return;
  if (!budget_.Take()) return pool_.metrics().over_budget.Add();
  pool_.metrics().hedges.Add();
  query->hedge = pool_.standing().LeastOwed(others, next_);
  query->hedge_sent = clock_.Now();
  Send(query, query->hedge, dns::LookupName(query->current_name()));
}

PendingQuery* AuthorityReplicas::FirstLate() {
  PendingQuery* query = pending_.Find(hedges_.front().id);
  const bool waits = query != nullptr && query->replica >= 0 && query->hedge < 0 && query->sent == hedges_.front().at;
  return waits ? query : nullptr;
}

base::MonotonicTime AuthorityReplicas::NextHedge() {
  for (; !hedges_.empty(); hedges_.Pop()) {
    if (FirstLate() != nullptr) return hedges_.front().at + absl::ToChronoNanoseconds(times_.patience());
  }
  return base::MonotonicTime::max();
}

void AuthorityReplicas::Abandon(PendingQuery* query) {
  for (int* number : {&query->replica, &query->hedge}) {
    if (*number < 0) continue;
    pool_.standing().OnTimeout(*number);
    pool_.standing().OnSettled(*number);
    *number = -1;
  }
}

void AuthorityReplicas::OnBadAnswer(PendingQuery* query, const ExtendedErrorView& error) {
  // The other one may do better.
  if (query->replica < 0) MoveToHedge(query);
  if (query->replica < 0) Retry(query, error);
}

void AuthorityReplicas::MoveToHedge(PendingQuery* query) {
  query->replica = std::exchange(query->hedge, -1);
  query->sent = query->hedge_sent;
}

void AuthorityReplicas::OnAnswer(BackendPool*, int number, const BackendAnswer& answer) {
  BackendStanding& standing = pool_.standing();
  PendingQuery* query = pending_.Find(answer.id);
  // One that was answered by another replica, or given up.
  if (query == nullptr || (query->replica != number && query->hedge != number)) return standing.OnStray(number);
  standing.OnSettled(number);
  const bool hedged = query->replica != number;
  const base::MonotonicTime sent = hedged ? query->hedge_sent : query->sent;
  (hedged ? query->hedge : query->replica) = -1;
  const bool failed = answer.wire.empty();
  // It has let go of the zone, or has not loaded it yet. REFUSED is never what a client hears of an owned name.
  if (failed && answer.rcode == dns::rcode::kRefused) {
    query->failed |= BitOf(number);
    return OnBadAnswer(query, kNotServed);
  }
  // Its copy of the zone may be damaged where another's is sound.
  if (failed && answer.rcode == dns::rcode::kServFail) {
    query->failed |= BitOf(number);
    return OnBadAnswer(query, {answer.extended_error, answer.extended_error_text});
  }
  if (query->replica < 0) MoveToHedge(query);
  const int late = std::exchange(query->replica, -1);
  BackendSet worse = query->failed;
  if (!asker_.OnAuthorityAnswer(query, answer)) {
    standing.OnBad(number);
    query->replica = late;
    return OnBadAnswer(query, kNoSense);
  }
  // Now the query may be gone. A lone replica is compared with nobody.
  if (pool_.size() == 1) return;
  standing.OnGood(number);
  times_.Record(absl::FromChrono(clock_.Now() - sent));
  if (late >= 0) standing.OnForgotten(late);
  if (hedged) pool_.metrics().hedges_won.Add();
  // What this one knew, they should have known.
  for (; worse != 0; worse &= worse - 1) standing.OnBad(std::countr_zero(worse));
}

void AuthorityReplicas::OnDown(BackendPool*, int number) {
  pending_.Visit([&](PendingQuery* query) {
    if (query->hedge == number) query->hedge = -1;
    if (query->replica != number) return;
    MoveToHedge(query);
    if (query->replica < 0) Resend(query);
  });
  pool_.Flush();
}

void AuthorityReplicas::Flush() {
  while (!hedges_.empty() && NextHedge() <= clock_.Now()) {
    Hedge(FirstLate());
    hedges_.Pop();
  }
  pool_.Flush();
  chosen_ = 0;
}

void AuthorityReplicas::OnTick(absl::Duration since_last, absl::Duration hung_after) {
  times_.OnTick(since_last);
  pool_.OnTick(since_last, hung_after);
}

}  // namespace strata::frontend
