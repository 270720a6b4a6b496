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

CachedRecursion::CachedRecursion(const Options& options, const base::Clock& clock, Asker* asker)
    : options_(options),
      clock_(clock),
      asker_(*asker),
      table_(options.max_resolutions + options.max_lookups),
      recursors_(this) {}

void CachedRecursion::AddMember(const std::string& name, CacheMember* member) {
  if (member->up()) SetMembersUp(members_up_ | uint64_t{1} << members_.size());
  members_.push_back({name, member, SilenceWatch()});
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
  added->end = clock_.MonotonicNow() + absl::ToChronoNanoseconds(options_.limit);
  added->member = -1;
  added->members_left = ~uint64_t{0};
  added->has_lease = false;
  added->recursor = -1;
  added->recursors_left = ~BackendSet{0};
  *resolution = added->id;
  Look(added, *question.name);
  return true;
}

void CachedRecursion::Look(Resolution* resolution, const dns::LookupName& name) {
  const int number = member_ranks_.Choose(resolution->name_hash, resolution->members_left & members_up_);
  if (number < 0) return Ask(resolution, name);
  SetState(resolution, State::kLooking);
  resolution->member = number;
  resolution->members_left &= ~(uint64_t{1} << number);
  members_[number].watch.OnAsked();
  CacheLookup lookup;
  metrics_.members.queries.Add();
  lookup.id = resolution->id;
  lookup.name = &name;
  lookup.type = resolution->type;
  lookup.rr_class = resolution->rr_class;
  lookup.dnssec_ok = resolution->dnssec_ok;
  lookup.checking_disabled = resolution->checking_disabled;
  // It may be answered, and gone, when this returns.
  members_[number].member->Lookup(lookup);
}

void CachedRecursion::Ask(Resolution* resolution, const dns::LookupName& name) {
  SetState(resolution, State::kResolving);
  if (slow_ > options_.max_resolutions) return Refuse(resolution);
  const int number = recursor_ranks_.Choose(resolution->name_hash, resolution->recursors_left & recursors_.up());
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
  const bool waiting = resolution != nullptr && resolution->member == number && resolution->state != State::kResolving;
  if (!waiting) {
    // The lease of somebody who has given up helps others more.
    if (reply.has_token) member->Release(reply.token);
    if (reply.kind == CacheReply::Kind::kRefused) {
      refusals_.Log(clock_.MonotonicNow(), base::LogLevel::kWarning, "cache member refused a fill",
                    {{"member", members_[number].name}});
    }
    return;
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
  if (resolution->state != State::kResolving) members_[resolution->member].watch.OnSettled();
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
  recursors_.OnSettled(number);
  resolution->recursor = -1;
  if (!answer.wire.empty() && !Answers(answer.wire, *resolution)) return Ask(resolution, NameOf(*resolution));
  if (resolution->has_lease) {
    metrics_.fills.Add();
    members_[resolution->member].member->Fill(resolution->token, answer);
  }
  resolution->has_lease = false;
  Answer(resolution, answer);
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
  if (resolution->recursor >= 0) recursors_.OnSettled(resolution->recursor);
  LeaveMember(resolution);
  Remove(resolution);
}

void CachedRecursion::SetState(Resolution* resolution, State state) {
  if (IsSlow(resolution->state)) --slow_;
  if (IsSlow(state)) ++slow_;
  resolution->state = state;
}

void CachedRecursion::Remove(Resolution* resolution) {
  SetState(resolution, State::kLooking);
  table_.Remove(resolution);
  metrics_.under_way.Set(static_cast<int64_t>(table_.size()));
}

void CachedRecursion::SetMembersUp(uint64_t up) {
  members_up_ = up;
  metrics_.members.up.Set(std::popcount(up));
}

void CachedRecursion::OnAlive(CacheMember* member) { members_[NumberOf(member)].watch.OnAlive(); }

void CachedRecursion::OnUp(CacheMember* member) {
  const int number = NumberOf(member);
  SetMembersUp(members_up_ | uint64_t{1} << number);
  members_[number].watch.Reset();
}

void CachedRecursion::OnDown(CacheMember* member) {
  const int number = NumberOf(member);
  SetMembersUp(members_up_ & ~(uint64_t{1} << number));
  metrics_.members.lost.Add();
  members_[number].watch.Reset();
  table_.Visit([&](Resolution* resolution) {
    if (resolution->member != number) return;
    resolution->member = -1;
    resolution->has_lease = false;
    if (resolution->state != State::kResolving) Look(resolution, NameOf(*resolution));
  });
  Flush();
}

void CachedRecursion::OnDown(BackendPool*, int number) {
  table_.Visit([&](Resolution* resolution) {
    if (resolution->state != State::kResolving || resolution->recursor != number) return;
    resolution->recursor = -1;
    Ask(resolution, NameOf(*resolution));
  });
  Flush();
}

void CachedRecursion::Flush() {
  for (uint64_t rest = members_up_; rest != 0; rest &= rest - 1) members_[std::countr_zero(rest)].member->Flush();
  recursors_.Flush();
}

void CachedRecursion::OnTick(absl::Duration since_last) {
  for (size_t i = 0; i < members_.size(); ++i) {
    // Even the last one: what it does not say can be resolved.
    const absl::Duration silence = members_[i].watch.Tick(since_last);
    if ((members_up_ >> i & 1) == 0 || silence <= options_.hung_after) continue;
    metrics_.members.hung.Add();
    members_[i].member->Break();
  }
  recursors_.OnTick(since_last, options_.hung_after);
  const base::MonotonicTime now = clock_.MonotonicNow();
  table_.Visit([&](Resolution* resolution) {
    if (now >= resolution->end) {
      if (resolution->recursor >= 0) recursors_.OnSettled(resolution->recursor);
      LeaveMember(resolution);
      return Fail(resolution, dns::extended_error::kNoReachableAuthority, "it took too long");
    }
    if (!resolution->has_lease || now - resolution->renewed < absl::ToChronoNanoseconds(options_.renewal)) return;
    resolution->renewed = now;
    members_[resolution->member].member->Renew(resolution->token);
  });
}

}  // namespace strata::frontend
