// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/authority_replicas.h"

#include <bit>

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

}  // namespace

int AuthorityReplicas::Choose(BackendSet candidates) const {
  candidates &= pool_.up();
  if (candidates == 0) return -1;
  if (std::has_single_bit(candidates)) return std::countr_zero(candidates);
  if (const BackendSet roomy = pool_.WithRoom(candidates); roomy != 0) candidates = roomy;
  if ((candidates >> preferred_ & 1) != 0) return preferred_;
  const BackendSet above = candidates & (~BackendSet{0} << preferred_);
  return std::countr_zero(above != 0 ? above : candidates);
}

void AuthorityReplicas::Ask(PendingQuery* query, BackendSet candidates, const dns::LookupName& name,
                            base::MonotonicTime now) {
  query->candidates = candidates;
  query->attempts = 0;
  if (!Submit(query, name, now)) asker_.OnAuthorityFailure(query, kAway);
}

bool AuthorityReplicas::Submit(PendingQuery* query, const dns::LookupName& name, base::MonotonicTime now) {
  const int number = Choose(query->candidates);
  if (number < 0 || query->attempts == kMaxAttempts || now >= query->deadline) return false;
  query->candidates &= ~(BackendSet{1} << number);
  query->replica = number;
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
  // A part of an answer is cut when the whole is there.
  if (query->chain == nullptr) question.max_size = static_cast<uint16_t>(query->echo.max_size - OptSize(query->echo));
  question.time_left = absl::FromChrono(query->deadline - now);
  // The query may be answered, and gone, when this returns.
  pool_.Submit(number, question);
  return true;
}

void AuthorityReplicas::Retry(PendingQuery* query, const ExtendedErrorView& error) {
  const dns::LookupName name(query->current_name());
  query->replica = -1;
  if (!Submit(query, name, clock_.MonotonicNow())) asker_.OnAuthorityFailure(query, error);
}

void AuthorityReplicas::Abandon(PendingQuery* query) {
  if (query->replica >= 0) pool_.OnSettled(query->replica);
  query->replica = -1;
}

void AuthorityReplicas::OnAnswer(BackendPool*, int number, const BackendAnswer& answer) {
  PendingQuery* query = pending_.Find(answer.id);
  // One that was answered by another replica, or given up.
  if (query == nullptr || query->replica != number) return;
  Abandon(query);
  // It has let go of the zone, or has not loaded it yet. REFUSED is never what a client hears of an owned name.
  if (answer.wire.empty() && answer.rcode == dns::rcode::kRefused) return Retry(query, kNotServed);
  // Its copy of the zone may be damaged where another's is sound.
  if (answer.wire.empty() && answer.rcode == dns::rcode::kServFail) {
    return Retry(query, {answer.extended_error, answer.extended_error_text});
  }
  if (!asker_.OnAuthorityAnswer(query, answer)) Retry(query, kNoSense);
}

void AuthorityReplicas::OnDown(BackendPool*, int number) {
  pending_.Visit([&](PendingQuery* query) {
    if (query->replica == number) Retry(query, kAway);
  });
  pool_.Flush();
}

void AuthorityReplicas::Flush() {
  pool_.Flush();
  if (pool_.size() > 1) preferred_ = (preferred_ + 1) % pool_.size();
}

}  // namespace strata::frontend
