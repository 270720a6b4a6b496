// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_handler.h"

#include <cstring>
#include <string>

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

namespace rcode = dns::rcode;

constexpr ExtendedErrorView kNotReady = {dns::extended_error::kNotReady, "zone list not yet known"};
constexpr ExtendedErrorView kNotOurs = {dns::extended_error::kNotAuthoritative, ""};
constexpr ExtendedErrorView kNotAllowed = {dns::extended_error::kProhibited,
                                           "recursion is not allowed to this address"};
constexpr ExtendedErrorView kAway = {dns::extended_error::kNetworkError, "authority unreachable"};
constexpr ExtendedErrorView kTooLate = {dns::extended_error::kNoReachableAuthority, "no answer in time"};
constexpr ExtendedErrorView kNoSense = {dns::extended_error::kNetworkError, "no valid answer"};
constexpr ExtendedErrorView kOverloaded = {dns::extended_error::kOther, "too many queries are waiting"};
constexpr ExtendedErrorView kTooManyOfYours = {dns::extended_error::kOther, "too many of your queries are waiting"};
constexpr ExtendedErrorView kNoTransfer = {dns::extended_error::kNotSupported, "zone transfer"};

bool IsTransfer(uint16_t type) { return type == dns::rr_type::kAXFR || type == dns::rr_type::kIXFR; }

}  // namespace

QueryHandler::QueryHandler(const Options& options, const PublishedZones& zones, const base::Clock& clock)
    : options_(options),
      zones_(zones),
      clock_(clock),
      sender_(options.sender, &metrics_),
      intake_(options.intake, &sender_, &metrics_, clock),
      pending_(options.max_pending),
      unproven_clients_(options.max_pending_per_client, options.max_pending),
      proven_clients_(options.max_pending_per_client, options.max_pending),
      authority_(&pending_, options.max_pending, &budget_, &clock_, this),
      line_(options.max_pending),
      recursion_(options.recursion, &budget_, clock, this),
      last_tick_(clock.MonotonicNow()) {}

bool QueryHandler::SendError(const QueryEcho& echo, const Client& client, uint16_t rcode,
                             const ExtendedErrorView* error) {
  sender_.SendError(echo, client, rcode, error, Now());
  return true;
}

bool QueryHandler::Shed(const QueryEcho& echo, const Client& client, Dropped reason, const ExtendedErrorView& error) {
  metrics_.CountDropped(reason);
  if (client.transport->is_datagram()) return false;
  return SendError(echo, client, rcode::kServFail, &error);
}

bool QueryHandler::OnMessage(absl::string_view message, const Client& client) {
  QueryEcho echo;
  switch (intake_.Take(message, client, recursion_.available(), Now(), &echo)) {
    case QueryIntake::Outcome::kLookUp:
      return Route(echo, client);
    case QueryIntake::Outcome::kAnswered:
      return true;
    case QueryIntake::Outcome::kDropped:
      break;
  }
  return false;
}

void QueryHandler::OnLoss(Loss loss, uint64_t count) {
  switch (loss) {
    case Loss::kTooOld:
      return metrics_.CountDropped(Dropped::kTooOld, count);
    case Loss::kReceiveBuffer:
      return metrics_.CountDropped(Dropped::kReceiveBuffer, count);
    case Loss::kSendBuffer:
      return metrics_.CountDropped(Dropped::kSendBuffer, count);
  }
}

bool QueryHandler::Route(const QueryEcho& echo, const Client& client) {
  const dns::Query& asked = intake_.query();
  const ZoneTable& zones = zones_.Refresh();
  const BackendSet owners = zones.Find(asked.name, asked.type);
  if (owners == 0) {
    // Nobody may be told that a name is not ours, and no other be asked for it, before we know what is.
    if (!zones.complete() && !options_.start_without_authority) {
      return SendError(echo, client, rcode::kServFail, &kNotReady);
    }
    if (IsTransfer(asked.type)) return RefuseTransfer(echo, client, /*is_zone=*/false);
    return RouteElsewhere(echo, client);
  }
  if (IsTransfer(asked.type)) return RefuseTransfer(echo, client, zones.HasOrigin(asked.name));
  if ((owners & authority_.pool().up()) == 0) return SendError(echo, client, rcode::kServFail, &kAway);
  PendingQuery* query = Admit(echo, client);
  if (query == nullptr) return !client.transport->is_datagram();
  AskAuthority(query, owners, asked.name);
  return true;
}

// Zones are not handed out. Those that could be are refused; what is no zone of ours is said to be none.
bool QueryHandler::RefuseTransfer(const QueryEcho& echo, const Client& client, bool is_zone) {
  // RFC 5936 §4.2: not defined over UDP.
  if (intake_.query().type == dns::rr_type::kAXFR && client.transport->is_datagram()) {
    return SendError(echo, client, rcode::kNotImp, &kNoTransfer);
  }
  if (!is_zone) return SendError(echo, client, rcode::kNotAuth, &kNotOurs);
  return SendError(echo, client, rcode::kRefused, &kNoTransfer);
}

bool QueryHandler::RouteElsewhere(const QueryEcho& echo, const Client& client) {
  const dns::Query& asked = intake_.query();
  if (!asked.recursion_desired() || !recursion_.available()) {
    return SendError(echo, client, rcode::kRefused, &kNotOurs);
  }
  if (!echo.recursion_available) {
    metrics_.recursion_denied.Add();
    return SendError(echo, client, rcode::kRefused, &kNotAllowed);
  }
  PendingQuery* query = Admit(echo, client);
  if (query == nullptr) return !client.transport->is_datagram();
  AskOthers(query, asked.name);
  return true;
}

PendingQuery* QueryHandler::Admit(const QueryEcho& echo, const Client& client) {
  ClientLimiter& clients = echo.proven ? proven_clients_ : unproven_clients_;
  const ClientLimiter::Ticket ticket = clients.Enter(reinterpret_cast<const sockaddr*>(&client.peer));
  if (ticket == ClientLimiter::kRefused) {
    Shed(echo, client, Dropped::kClientTooMany, kTooManyOfYours);
    return nullptr;
  }
  PendingQuery* query = pending_.Add();
  if (query == nullptr) {
    clients.Leave(ticket);
    Shed(echo, client, Dropped::kTooMany, kOverloaded);
    return nullptr;
  }
  metrics_.pending.Set(static_cast<int64_t>(pending_.size()));
  query->ticket = ticket;
  query->client = client;
  query->echo = echo;
  std::memcpy(query->question.data(), echo.question.data(), echo.question.size());
  query->echo.question = absl::string_view(query->question.data(), echo.question.size());
  const dns::Query& asked = intake_.query();
  query->type = asked.type;
  query->rr_class = asked.rr_class;
  query->minimal_any = options_.any == AnyPolicy::kMinimal ||
                       (options_.any == AnyPolicy::kMinimalUdp && client.transport->is_datagram());
  query->recursive = echo.recursion_available && asked.recursion_desired();
  query->replica = -1;
  query->hedge = -1;
  query->resolution = 0;
  return query;
}

void QueryHandler::AskAuthority(PendingQuery* query, BackendSet owners, const dns::LookupName& name) {
  if (query->chain == nullptr) query->deadline = Now() + absl::ToChronoNanoseconds(options_.deadline);
  // Those who wait come first.
  if (!line_.empty()) ServeLine();
  // Who cannot be asked at all says so at once.
  if (authority_.pool().WithRoom(owners) != 0 || (owners & authority_.pool().up()) == 0) {
    return authority_.Ask(query, owners, name);
  }
  if (line_.full()) {
    Shed(query->echo, query->client, Dropped::kTooMany, kOverloaded);
    return Forget(query);
  }
  query->candidates = owners;
  line_.Add(query->id, Now());
  metrics_.waiting.Set(static_cast<int64_t>(line_.size()));
}

void QueryHandler::ServeLine() {
  while (!line_.empty()) {
    PendingQuery* query = pending_.Find(line_.first());
    const bool late = line_.first_is_late(Now());
    if (query != nullptr && !late && authority_.pool().WithRoom(query->candidates) == 0 &&
        (query->candidates & authority_.pool().up()) != 0) {
      break;
    }
    // Before it is asked for: its answer may lead here again.
    line_.Pop();
    if (query == nullptr) continue;
    if (late) {
      Shed(query->echo, query->client, Dropped::kTooOld, kOverloaded);
      Forget(query);
      continue;
    }
    const dns::LookupName name(query->current_name());
    authority_.Ask(query, query->candidates, name);
  }
  metrics_.waiting.Set(static_cast<int64_t>(line_.size()));
}

void QueryHandler::AskOthers(PendingQuery* query, const dns::LookupName& name) {
  if (query->chain == nullptr) query->deadline = Now() + absl::ToChronoNanoseconds(options_.recursion_deadline);
  CachedRecursion::Question question;
  question.name = &name;
  question.type = query->type;
  question.rr_class = query->rr_class;
  question.dnssec_ok = query->echo.dnssec_ok;
  question.checking_disabled = (query->echo.flags & dns::kCd) != 0;
  question.deadline = query->deadline;
  if (recursion_.Resolve(query->id, question, &query->resolution)) return;
  Shed(query->echo, query->client, Dropped::kTooMany, kOverloaded);
  Forget(query);
}

void QueryHandler::FollowChain(PendingQuery* query) {
  // A replica that was slow to answer the last name may answer it yet.
  pending_.Renew(query);
  const dns::LookupName name(query->chain->target());
  const BackendSet owners = zones_.Refresh().Find(name, query->type);
  if (owners != 0) return AskAuthority(query, owners, name);
  AskOthers(query, name);
}

bool QueryHandler::OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) {
  const Rest rest = query->recursive ? FindRest(answer.wire, query->type) : Rest::kNothing;
  if (!answer.options.empty() && query->chain == nullptr && rest != Rest::kReferral) {
    query->echo.options.zone_version = ReadZoneVersion(answer.options);
  }
  if (rest == Rest::kReferral) {
    const dns::LookupName name(query->current_name());
    AskOthers(query, name);
    return true;
  }
  if (rest == Rest::kAlias) {
    const bool first = query->chain == nullptr;
    auto chain = first ? std::make_unique<AliasChain>() : std::move(query->chain);
    if (chain->Add(answer.wire)) {
      query->chain = std::move(chain);
      if (first) query->deadline = Now() + absl::ToChronoNanoseconds(options_.recursion_deadline);
      FollowChain(query);
      return true;
    }
    // It ends here, as it is.
    if (!first) query->chain = std::move(chain);
  }
  return Finish(query, answer);
}

void QueryHandler::OnAuthorityFailure(PendingQuery* query, const ExtendedErrorView& error) {
  Fail(query, rcode::kServFail, &error);
}

void QueryHandler::OnResolved(uint32_t id, const BackendAnswer& answer) {
  PendingQuery* query = pending_.Find(id);
  if (query == nullptr) return;
  query->resolution = 0;
  // What others say is never authoritative here.
  if (query->chain == nullptr) query->echo.authoritative = false;
  if (!Finish(query, answer)) Fail(query, rcode::kServFail, &kNoSense);
}

bool QueryHandler::Finish(PendingQuery* query, const BackendAnswer& answer) {
  const ExtendedErrorView error = {answer.extended_error, answer.extended_error_text};
  const ExtendedErrorView* error_if_any = answer.has_extended_error ? &error : nullptr;
  if (answer.wire.empty()) {
    Fail(query, answer.rcode, error_if_any);
    return true;
  }
  std::string joined;
  absl::string_view wire = answer.wire;
  if (query->chain != nullptr) {
    absl::StatusOr<std::string> whole = query->chain->Join(query->echo.question, wire);
    if (!whole.ok()) return false;
    joined = *std::move(whole);
    wire = joined;
  }
  if (!sender_.Send(query->echo, query->client, wire, error_if_any, Now())) return false;
  Forget(query);
  return true;
}

void QueryHandler::Fail(PendingQuery* query, uint16_t rcode, const ExtendedErrorView* error) {
  SendError(query->echo, query->client, rcode, error);
  Forget(query);
}

void QueryHandler::Forget(PendingQuery* query) {
  (query->echo.proven ? proven_clients_ : unproven_clients_).Leave(query->ticket);
  query->chain.reset();
  pending_.Remove(query);
  metrics_.pending.Set(static_cast<int64_t>(pending_.size()));
}

void QueryHandler::Flush() {
  if (!line_.empty()) ServeLine();
  authority_.Flush();
  recursion_.Flush();
  clock_.EndTurn();
}

void QueryHandler::OnTick() {
  clock_.EndTurn();
  const base::MonotonicTime now = Now();
  const absl::Duration since_last = absl::FromChrono(now - last_tick_);
  last_tick_ = now;
  budget_.OnTick(since_last);
  authority_.OnTick(since_last, options_.hung_after);
  recursion_.OnTick(since_last);
  pending_.Visit([&](PendingQuery* query) {
    if (query->deadline > now) return;
    authority_.Abandon(query);
    if (query->resolution != 0) recursion_.Abandon(query->resolution);
    Fail(query, rcode::kServFail, query->resolution != 0 ? &kTooLate : &kAway);
  });
}

}  // namespace strata::frontend
