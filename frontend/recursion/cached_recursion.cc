// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/cached_recursion.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "base/log.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

constexpr char kTooMany[] = "too many names are being resolved";

}  // namespace

CachedRecursion::CachedRecursion(const Options& options, RetryBudget* budget, const base::Clock& clock, Asker* asker)
    : options_(options),
      budget_(*budget),
      clock_(clock),
      asker_(*asker),
      table_(options.max_resolutions + options.max_lookups),
      lookups_(options.max_resolutions + options.max_lookups),
      recursors_(this) {}

void CachedRecursion::AddMember(const std::string& name, CacheMember* member) {
  member_standing_.Add(member->up());
  members_.push_back({name, member});
  std::vector<std::string> names;
  for (const Member& known : members_) names.push_back(known.name);
  member_ranks_ = ShardSelector(names);
}

void CachedRecursion::AddRecursor(const std::string& name, Backend* recursor) {
  recursors_.Add(recursor);
  recursor_names_.push_back(name);
  recursor_ranks_ = ShardSelector(recursor_names_);
}

int CachedRecursion::NumberOf(const CacheMember* member) const {
  int number = 0;
  while (members_[number].member != member) ++number;
  return number;
}

dns::LookupName CachedRecursion::NameOf(const Resolution& resolution) {
  return dns::LookupName(absl::string_view(resolution.name.data(), resolution.name_size));
}

bool CachedRecursion::Resolve(uint32_t id, const Question& question, uint32_t* resolution) {
  Resolution* added = table_.Add();
  if (added == nullptr) {
    metrics_.refused.Add();
    return false;
  }
  metrics_.under_way.Set(static_cast<int64_t>(table_.size()));
  const absl::string_view name = question.name->wire();
  added->asker = id;
  added->state = State::kLooking;
  std::memcpy(added->name.data(), name.data(), name.size());
  added->name_size = static_cast<uint8_t>(name.size());
  added->name_hash = question.name->Hash();
  added->type = question.type;
  added->rr_class = question.rr_class;
  added->dnssec_ok = question.dnssec_ok;
  added->checking_disabled = question.checking_disabled;
  added->deadline = question.deadline;
  added->looked = clock_.MonotonicNow();
  added->end = added->looked + absl::ToChronoNanoseconds(options_.limit);
  added->member = -1;
  added->members_left = ~uint64_t{0};
  added->peek = -1;
  added->has_lease = false;
  added->recursor = -1;
  added->recursors_left = ~BackendSet{0};
  added->resent = false;
  budget_.OnQuery();
  *resolution = added->id;
  Look(added, *question.name);
  return true;
}

CacheLookup CachedRecursion::LookupOf(const Resolution& resolution, const dns::LookupName& name) {
  CacheLookup lookup;
  lookup.id = resolution.id;
  lookup.name = &name;
  lookup.type = resolution.type;
  lookup.rr_class = resolution.rr_class;
  lookup.dnssec_ok = resolution.dnssec_ok;
  lookup.checking_disabled = resolution.checking_disabled;
  return lookup;
}

void CachedRecursion::Look(Resolution* resolution, const dns::LookupName& name) {
  const int number = member_ranks_.Choose(resolution->name_hash, member_standing_.Best(resolution->members_left));
  if (number < 0) return Ask(resolution, name);
  SetState(resolution, State::kLooking);
  resolution->member = number;
  resolution->members_left &= ~(uint64_t{1} << number);
  // Where nobody else can be asked there is nothing to watch.
  if ((resolution->members_left & member_standing_.up()) != 0) lookups_.Push(resolution->id, resolution->looked);
  member_standing_.OnAsked(number);
  member_standing_.metrics().queries.Add();
  // It may be answered, and gone, when this returns.
  members_[number].member->Lookup(LookupOf(*resolution, name));
}

void CachedRecursion::Peek(Resolution* resolution) {
  const int number = member_ranks_.Choose(resolution->name_hash, member_standing_.Best(resolution->members_left));
  if (number < 0) return;
  BackendMetrics& metrics = member_standing_.metrics();
  if (!budget_.Take()) return metrics.over_budget.Add();
  metrics.hedges.Add();
  metrics.queries.Add();
  member_standing_.OnAsked(number);
  resolution->peek = number;
  members_[number].member->Peek(LookupOf(*resolution, NameOf(*resolution)));
}

CachedRecursion::Resolution* CachedRecursion::FirstLate() {
  Resolution* resolution = table_.Find(lookups_.front().id);
  const bool waits = resolution != nullptr && resolution->state == State::kLooking && resolution->peek < 0 &&
                     resolution->looked == lookups_.front().at;
  return waits ? resolution : nullptr;
}

base::MonotonicTime CachedRecursion::NextHedge() {
  for (; !lookups_.empty(); lookups_.Pop()) {
    if (FirstLate() != nullptr) return lookups_.front().at + absl::ToChronoNanoseconds(lookup_times_.patience());
  }
  return base::MonotonicTime::max();
}

void CachedRecursion::Ask(Resolution* resolution, const dns::LookupName& name) {
  SetState(resolution, State::kResolving);
  if (slow_ > options_.max_resolutions) return Refuse(resolution);
  const int number =
      recursor_ranks_.Choose(resolution->name_hash, recursors_.standing().Best(resolution->recursors_left));
  if (number < 0) return Fail(resolution, dns::extended_error::kNetworkError, "no recursor can be reached");
  resolution->recursor = number;
  resolution->recursors_left &= ~(BackendSet{1} << number);
  BackendQuery query;
  query.id = resolution->id;
  query.name = &name;
  query.type = resolution->type;
  query.rr_class = resolution->rr_class;
  query.recursion_desired = true;
  query.dnssec_ok = resolution->dnssec_ok;
  query.checking_disabled = resolution->checking_disabled;
  // Others may wait for what a lease brings, so it takes as long as it takes.
  if (!resolution->has_lease) {
    query.time_left = std::max(absl::FromChrono(resolution->deadline - clock_.MonotonicNow()), absl::Milliseconds(1));
  }
  recursors_.Submit(number, query);
}

void CachedRecursion::OnReply(CacheMember* member, const CacheReply& reply) {
  const int number = NumberOf(member);
  Resolution* resolution = table_.Find(reply.answer.id);
  // A lookup of the same name there, because its owner went away meanwhile, is told by what only a lookup gets.
  const bool may_be_peek = !reply.has_token && reply.kind != CacheReply::Kind::kParked;
  if (resolution != nullptr && resolution->peek == number && may_be_peek) return OnPeeked(resolution, reply);
  const bool waiting = resolution != nullptr && resolution->member == number && resolution->state != State::kResolving;
  if (!waiting) {
    // The lease of somebody who has given up helps others more.
    if (reply.has_token) member->Release(reply.token);
    if (reply.kind == CacheReply::Kind::kHit || reply.kind == CacheReply::Kind::kMiss) member_standing_.OnStray(number);
    if (reply.kind == CacheReply::Kind::kRefused) {
      refusals_.Log(clock_.MonotonicNow(), base::LogLevel::kWarning, "cache member refused a fill",
                    {{"member", members_[number].name}});
    }
    return;
  }
  if (members_.size() > 1) {
    member_standing_.OnGood(number);
    if (resolution->state == State::kLooking) {
      lookup_times_.Record(absl::FromChrono(clock_.MonotonicNow() - resolution->looked));
    }
  }
  // Who is parked still waits for the member, which gives signs of life meanwhile.
  if (reply.kind == CacheReply::Kind::kParked) {
    metrics_.parked.Add();
    SetState(resolution, State::kParked);
    if (slow_ <= options_.max_resolutions) return;
    LeaveMember(resolution);
    return Refuse(resolution);
  }
  LeaveMember(resolution);
  ForgetPeek(resolution);
  if (reply.kind == CacheReply::Kind::kHit) {
    metrics_.hits.Add();
    return Answer(resolution, reply.answer);
  }
  metrics_.misses.Add();
  resolution->has_lease = reply.has_token;
  resolution->token = reply.token;
  resolution->renewed = clock_.MonotonicNow();
  Ask(resolution, NameOf(*resolution));
}

void CachedRecursion::LeaveMember(Resolution* resolution) {
  if (resolution->state != State::kResolving) member_standing_.OnSettled(resolution->member);
}

void CachedRecursion::ForgetPeek(Resolution* resolution) {
  if (resolution->peek >= 0) member_standing_.OnForgotten(resolution->peek);
  resolution->peek = -1;
}

void CachedRecursion::OnPeeked(Resolution* resolution, const CacheReply& reply) {
  const int number = std::exchange(resolution->peek, -1);
  member_standing_.OnSettled(number);
  member_standing_.OnGood(number);
  // Of a miss nothing follows: its owner may know, or give the lease.
  if (reply.kind != CacheReply::Kind::kHit || resolution->state == State::kResolving) return;
  member_standing_.metrics().hedges_won.Add();
  member_standing_.OnForgotten(resolution->member);
  metrics_.hits.Add();
  Answer(resolution, reply.answer);
}

bool CachedRecursion::Answers(absl::string_view wire, const Resolution& resolution) {
  const size_t size = resolution.name_size;
  if (wire.size() < dns::kHeaderSize + size + 4 || dns::GetU16(wire, dns::kQdCountOffset) != 1) return false;
  const absl::string_view name(resolution.name.data(), size);
  return dns::NamesEqual(wire.substr(dns::kHeaderSize, size), name) &&
         dns::GetU16(wire, dns::kHeaderSize + size) == resolution.type &&
         dns::GetU16(wire, dns::kHeaderSize + size + 2) == resolution.rr_class;
}

void CachedRecursion::OnAnswer(BackendPool*, int number, const BackendAnswer& answer) {
  Resolution* resolution = table_.Find(answer.id);
  if (resolution == nullptr || resolution->state != State::kResolving || resolution->recursor != number) return;
  BackendStanding& standing = recursors_.standing();
  standing.OnSettled(number);
  resolution->recursor = -1;
  if (!answer.wire.empty() && !Answers(answer.wire, *resolution)) {
    standing.OnBad(number);
    return AskAgain(resolution);
  }
  if (recursors_.size() > 1) standing.OnGood(number);
  if (resolution->has_lease) {
    metrics_.fills.Add();
    members_[resolution->member].member->Fill(resolution->token, answer);
  }
  resolution->has_lease = false;
  Answer(resolution, answer);
}

void CachedRecursion::AskAgain(Resolution* resolution) {
  BackendMetrics& metrics = recursors_.metrics();
  const bool others = recursors_.standing().Best(resolution->recursors_left) != 0;
  const bool may = others && budget_.Take();
  if (may) metrics.retries.Add();
  if (others && !may) metrics.over_budget.Add();
  if (may) return Ask(resolution, NameOf(*resolution));
  Fail(resolution, dns::extended_error::kNetworkError, "recursor gave no valid answer");
}

void CachedRecursion::Answer(Resolution* resolution, const BackendAnswer& answer) {
  const uint32_t asker = resolution->asker;
  Remove(resolution);
  if (asker != 0) asker_.OnResolved(asker, answer);
}

void CachedRecursion::Fail(Resolution* resolution, uint16_t extended_error, const char* why) {
  Release(resolution);
  BackendAnswer failure;
  failure.rcode = dns::rcode::kServFail;
  failure.has_extended_error = true;
  failure.extended_error = extended_error;
  failure.extended_error_text = why;
  Answer(resolution, failure);
}

void CachedRecursion::Refuse(Resolution* resolution) {
  metrics_.refused.Add();
  Fail(resolution, dns::extended_error::kOther, kTooMany);
}

void CachedRecursion::Release(Resolution* resolution) {
  if (resolution->has_lease) members_[resolution->member].member->Release(resolution->token);
  resolution->has_lease = false;
}

void CachedRecursion::Abandon(uint32_t id) {
  Resolution* resolution = table_.Find(id);
  if (resolution == nullptr) return;
  resolution->asker = 0;
  if (resolution->has_lease) return;
  if (resolution->recursor >= 0) recursors_.standing().OnSettled(resolution->recursor);
  LeaveMember(resolution);
  Remove(resolution);
}

void CachedRecursion::SetState(Resolution* resolution, State state) {
  if (IsSlow(resolution->state)) --slow_;
  if (IsSlow(state)) ++slow_;
  resolution->state = state;
}

void CachedRecursion::Remove(Resolution* resolution) {
  ForgetPeek(resolution);
  SetState(resolution, State::kLooking);
  table_.Remove(resolution);
  metrics_.under_way.Set(static_cast<int64_t>(table_.size()));
}

void CachedRecursion::OnAlive(CacheMember* member) { member_standing_.OnAlive(NumberOf(member)); }

void CachedRecursion::OnUp(CacheMember* member) { member_standing_.OnUp(NumberOf(member)); }

void CachedRecursion::OnServing(CacheMember* member, bool serving) {
  member_standing_.OnServing(NumberOf(member), serving);
}

void CachedRecursion::OnDown(CacheMember* member) {
  const int number = NumberOf(member);
  member_standing_.OnDown(number);
  table_.Visit([&](Resolution* resolution) {
    if (resolution->peek == number) resolution->peek = -1;
    if (resolution->member != number) return;
    resolution->member = -1;
    resolution->has_lease = false;
    if (resolution->state == State::kResolving) return;
    resolution->looked = clock_.MonotonicNow();
    Look(resolution, NameOf(*resolution));
  });
  Flush();
}

void CachedRecursion::OnDown(BackendPool*, int number) {
  table_.Visit([&](Resolution* resolution) {
    if (resolution->state != State::kResolving || resolution->recursor != number) return;
    resolution->recursor = -1;
    // Once: a question that breaks streams must not break all of them.
    if (std::exchange(resolution->resent, true)) {
      return Fail(resolution, dns::extended_error::kNetworkError, "two recursors went away");
    }
    Ask(resolution, NameOf(*resolution));
  });
  Flush();
}

void CachedRecursion::Flush() {
  if (!lookups_.empty()) {
    for (const base::MonotonicTime now = clock_.MonotonicNow(); NextHedge() <= now; lookups_.Pop()) Peek(FirstLate());
  }
  for (uint64_t rest = member_standing_.up(); rest != 0; rest &= rest - 1) {
    members_[std::countr_zero(rest)].member->Flush();
  }
  recursors_.Flush();
}

void CachedRecursion::OnTick(absl::Duration since_last) {
  lookup_times_.OnTick(since_last);
  for (uint64_t silent = member_standing_.Tick(since_last, options_.hung_after); silent != 0; silent &= silent - 1) {
    const int number = std::countr_zero(silent);
    // Even the last one: what it does not say can be resolved.
    member_standing_.OnHang(number);
    members_[number].member->Break();
  }
  recursors_.OnTick(since_last, options_.hung_after);
  const base::MonotonicTime now = clock_.MonotonicNow();
  table_.Visit([&](Resolution* resolution) {
    if (now >= resolution->end) {
      if (resolution->recursor >= 0) {
        recursors_.standing().OnTimeout(resolution->recursor);
        recursors_.standing().OnSettled(resolution->recursor);
      }
      LeaveMember(resolution);
      return Fail(resolution, dns::extended_error::kNoReachableAuthority, "it took too long");
    }
    if (!resolution->has_lease || now - resolution->renewed < absl::ToChronoNanoseconds(options_.renewal)) return;
    resolution->renewed = now;
    members_[resolution->member].member->Renew(resolution->token);
  });
}

}  // namespace strata::frontend
