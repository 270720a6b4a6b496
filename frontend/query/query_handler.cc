// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_handler.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "frontend/query/query_log.h"

namespace strata::frontend {
namespace {

namespace rcode = dns::rcode;
namespace rr = dns::rr_type;

constexpr ExtendedErrorView kNotReady = {dns::extended_error::kNotReady, "zone list not yet known"};
constexpr ExtendedErrorView kNotOurs = {dns::extended_error::kNotAuthoritative, ""};
constexpr ExtendedErrorView kNotAllowed = {dns::extended_error::kProhibited,
                                           "recursion is not allowed to this address"};
constexpr ExtendedErrorView kAway = {dns::extended_error::kNetworkError, "authority unreachable"};
constexpr ExtendedErrorView kTooLate = {dns::extended_error::kNoReachableAuthority, "no answer in time"};
constexpr ExtendedErrorView kNoSense = {dns::extended_error::kNetworkError, "no valid answer"};
constexpr ExtendedErrorView kOverloaded = {dns::extended_error::kOther, "too many queries are waiting"};
constexpr ExtendedErrorView kNoTransfer = {dns::extended_error::kNotSupported, "zone transfer"};

// What is no question to look up, by its type: the rcode it gets, or NOERROR.
uint16_t RcodeOfMetaType(uint16_t type) {
  switch (type) {
    case rr::kANY:
      return rcode::kNoError;
    case rr::kAXFR:
    case rr::kIXFR:
      return rcode::kRefused;
    case rr::kMAILA:
    case rr::kMAILB:
      return rcode::kNotImp;
    default:
      // OPT, TSIG, TKEY and their like are no questions (RFC 6895 §3.1).
      return dns::IsMetaType(type) ? rcode::kFormErr : rcode::kNoError;
  }
}

}  // namespace

QueryHandler::QueryHandler(const Options& options, const PublishedZones& zones, const base::Clock& clock)
    : options_(options),
      zones_(zones),
      clock_(clock),
      pending_(options.max_pending),
      authority_(&pending_, clock, this),
      recursion_(options.recursion, clock, this),
      last_tick_(clock.MonotonicNow()) {}

QueryEcho QueryHandler::Echo(const Client& client) const {
  QueryEcho echo;
  echo.id = query_.id;
  echo.flags = query_.flags;
  echo.has_edns = query_.has_edns;
  echo.dnssec_ok = query_.edns.dnssec_ok;
  echo.question = query_.question;
  echo.recursion_available =
      recursion_.available() && options_.recursion_clients.Allows(reinterpret_cast<const sockaddr*>(&client.peer));
  if (!client.transport->is_datagram()) {
    echo.max_size = 65535;
  } else if (query_.has_edns) {
    // RFC 6891 §6.2.5: values below 512 mean 512.
    echo.max_size = std::clamp(query_.edns.udp_payload_size, kMinUdpSize, options_.max_udp_size);
  }
  return echo;
}

bool QueryHandler::SendError(const QueryEcho& echo, const Client& client, uint16_t rcode,
                             const ExtendedErrorView* error) {
  char* out = client.transport->Prepare();
  Commit(client, absl::string_view(out, WriteError(echo, rcode, error, options_.max_udp_size, out)), rcode);
  return true;
}

void QueryHandler::Commit(const Client& client, absl::string_view answer, uint16_t rcode) {
  if (options_.log_queries) LogAnswer(client, answer, rcode);
  client.transport->Commit(client, answer.size());
}

bool QueryHandler::OnMessage(absl::string_view message, const Client& client) {
  switch (dns::ParseQuery(message, &query_)) {
    case dns::QueryVerdict::kDrop:
      return false;
    case dns::QueryVerdict::kFormErr:
      return SendError(Echo(client), client, rcode::kFormErr);
    case dns::QueryVerdict::kNotImp:
      return SendError(Echo(client), client, rcode::kNotImp);
    case dns::QueryVerdict::kBadVers:
      return SendError(Echo(client), client, rcode::kBadVers);
    case dns::QueryVerdict::kAnswer:
      return Route(client);
  }
  return false;
}

bool QueryHandler::Route(const Client& client) {
  const QueryEcho echo = Echo(client);
  if (const uint16_t refusal = RcodeOfMetaType(query_.type); refusal != rcode::kNoError) {
    return SendError(echo, client, refusal, refusal == rcode::kRefused ? &kNoTransfer : nullptr);
  }
  if (query_.rr_class != dns::rr_class::kIN) return SendError(echo, client, rcode::kRefused, &kNotOurs);
  const ZoneTable& zones = zones_.Refresh();
  const BackendSet owners = zones.Find(query_.name, query_.type);
  if (owners == 0) {
    // Nobody may be told that a name is not ours, and no other be asked for it, before we know what is.
    if (!zones.complete() && !options_.start_without_authority) {
      return SendError(echo, client, rcode::kServFail, &kNotReady);
    }
    return RouteElsewhere(echo, client);
  }
  if ((owners & authority_.pool().up()) == 0) return SendError(echo, client, rcode::kServFail, &kAway);
  PendingQuery* query = Admit(echo, client);
  if (query == nullptr) return !client.transport->is_datagram();
  AskAuthority(query, owners, query_.name);
  return true;
}

bool QueryHandler::RouteElsewhere(const QueryEcho& echo, const Client& client) {
  if (!query_.recursion_desired() || !recursion_.available()) {
    return SendError(echo, client, rcode::kRefused, &kNotOurs);
  }
  if (!echo.recursion_available) return SendError(echo, client, rcode::kRefused, &kNotAllowed);
  PendingQuery* query = Admit(echo, client);
  if (query == nullptr) return !client.transport->is_datagram();
  AskOthers(query, query_.name);
  return true;
}

PendingQuery* QueryHandler::Admit(const QueryEcho& echo, const Client& client) {
  PendingQuery* query = pending_.Add();
  if (query == nullptr) {
    if (!client.transport->is_datagram()) SendError(echo, client, rcode::kServFail, &kOverloaded);
    return nullptr;
  }
  query->client = client;
  query->echo = echo;
  std::memcpy(query->question.data(), echo.question.data(), echo.question.size());
  query->echo.question = absl::string_view(query->question.data(), echo.question.size());
  query->type = query_.type;
  query->rr_class = query_.rr_class;
  query->minimal_any = options_.any == AnyPolicy::kMinimal ||
                       (options_.any == AnyPolicy::kMinimalUdp && client.transport->is_datagram());
  query->recursive = echo.recursion_available && query_.recursion_desired();
  query->replica = -1;
  query->resolution = 0;
  return query;
}

void QueryHandler::AskAuthority(PendingQuery* query, BackendSet owners, const dns::LookupName& name) {
  if (query->chain == nullptr) query->deadline = Now() + absl::ToChronoNanoseconds(options_.deadline);
  authority_.Ask(query, owners, name, Now());
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
  // As when the table of queries is full.
  if (!query->client.transport->is_datagram()) return Fail(query, rcode::kServFail, &kOverloaded);
  query->chain.reset();
  pending_.Remove(query);
}

void QueryHandler::FollowChain(PendingQuery* query) {
  const dns::LookupName name(query->chain->target());
  const BackendSet owners = zones_.Refresh().Find(name, query->type);
  if (owners != 0) return AskAuthority(query, owners, name);
  AskOthers(query, name);
}

bool QueryHandler::OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) {
  const Rest rest = query->recursive ? FindRest(answer.wire, query->type) : Rest::kNothing;
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
  char* out = query->client.transport->Prepare();
  const size_t size = WriteAnswer(query->echo, wire, error_if_any, options_.max_udp_size, out);
  if (size == 0) return false;
  const uint16_t rcode = dns::GetU16(wire, dns::kFlagsOffset) & dns::kRcodeMask;
  Commit(query->client, absl::string_view(out, size), rcode);
  query->chain.reset();
  pending_.Remove(query);
  return true;
}

void QueryHandler::Fail(PendingQuery* query, uint16_t rcode, const ExtendedErrorView* error) {
  SendError(query->echo, query->client, rcode, error);
  query->chain.reset();
  pending_.Remove(query);
}

base::MonotonicTime QueryHandler::Now() {
  if (!now_is_fresh_) now_ = clock_.MonotonicNow();
  now_is_fresh_ = true;
  return now_;
}

void QueryHandler::Flush() {
  now_is_fresh_ = false;
  authority_.Flush();
  recursion_.Flush();
}

void QueryHandler::OnTick() {
  now_is_fresh_ = false;
  const base::MonotonicTime now = Now();
  const absl::Duration since_last = absl::FromChrono(now - last_tick_);
  last_tick_ = now;
  authority_.pool().OnTick(since_last, options_.hung_after);
  recursion_.OnTick(since_last);
  pending_.Visit([&](PendingQuery* query) {
    if (query->deadline > now) return;
    authority_.Abandon(query);
    if (query->resolution != 0) recursion_.Abandon(query->resolution);
    Fail(query, rcode::kServFail, query->resolution != 0 ? &kTooLate : &kAway);
  });
}

}  // namespace strata::frontend
