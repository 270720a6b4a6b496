// SPDX-License-Identifier: Apache-2.0
#include "frontend/query_handler.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "dns/edns.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "frontend/query_log.h"

namespace strata::frontend {
namespace {

namespace rcode = dns::rcode;
namespace rr = dns::rr_type;

// First try and re-sends. Queries are idempotent; the bound keeps one that kills backends from killing all of them.
constexpr int kMaxAttempts = 3;

constexpr ExtendedErrorView kNotReady = {dns::extended_error::kNotReady, "zone list not yet known"};
constexpr ExtendedErrorView kNotOurs = {dns::extended_error::kNotAuthoritative, ""};
constexpr ExtendedErrorView kAway = {dns::extended_error::kNetworkError, "authority unreachable"};
constexpr ExtendedErrorView kNotServed = {dns::extended_error::kNotReady, "no authority serves the zone now"};
constexpr ExtendedErrorView kNoSense = {dns::extended_error::kNetworkError, "authority gave no valid answer"};
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
    : options_(options), zones_(zones), clock_(clock), pending_(options.max_pending) {}

void QueryHandler::AddReplica(Backend* replica) {
  replicas_.push_back({replica, 0, false, clock_.MonotonicNow()});
  if (replica->up()) up_ |= ReplicaSet{1} << (replicas_.size() - 1);
}

QueryEcho QueryHandler::Echo(const Client& client) const {
  QueryEcho echo;
  echo.id = query_.id;
  echo.flags = query_.flags;
  echo.has_edns = query_.has_edns;
  echo.dnssec_ok = query_.edns.dnssec_ok;
  echo.question = query_.question;
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
  const ReplicaSet owners = zones.Find(query_.name, query_.type);
  if (owners == 0) {
    // Nobody may be told that a name is not ours before we know what is.
    if (!zones.complete() && !options_.start_without_authority) {
      return SendError(echo, client, rcode::kServFail, &kNotReady);
    }
    return SendError(echo, client, rcode::kRefused, &kNotOurs);
  }
  if ((owners & up_) == 0) return SendError(echo, client, rcode::kServFail, &kAway);
  return Admit(echo, client, owners);
}

bool QueryHandler::Admit(const QueryEcho& echo, const Client& client, ReplicaSet owners) {
  PendingQuery* query = pending_.Add();
  if (query == nullptr) {
    return !client.transport->is_datagram() && SendError(echo, client, rcode::kServFail, &kOverloaded);
  }
  query->client = client;
  query->echo = echo;
  std::memcpy(query->question.data(), echo.question.data(), echo.question.size());
  query->echo.question = absl::string_view(query->question.data(), echo.question.size());
  query->type = query_.type;
  query->rr_class = query_.rr_class;
  query->minimal_any = options_.any == AnyPolicy::kMinimal ||
                       (options_.any == AnyPolicy::kMinimalUdp && client.transport->is_datagram());
  query->deadline = Now() + absl::ToChronoNanoseconds(options_.deadline);
  query->candidates = owners;
  query->attempts = 0;
  // It cannot fail: a replica is up and the query is fresh.
  Submit(query, query_.name);
  return true;
}

// A batch goes to one replica, so that batches are large; the next batch goes to the next.
int QueryHandler::ChooseReplica(ReplicaSet candidates) {
  candidates &= up_;
  if (candidates == 0) return -1;
  if ((candidates >> preferred_ & 1) != 0) return preferred_;
  const ReplicaSet above = candidates & (~ReplicaSet{0} << preferred_);
  return std::countr_zero(above != 0 ? above : candidates);
}

bool QueryHandler::Submit(PendingQuery* query, const dns::LookupName& name) {
  const int number = ChooseReplica(query->candidates);
  if (number < 0 || query->attempts == kMaxAttempts || Now() >= query->deadline) return false;
  Replica& replica = replicas_[number];
  query->candidates &= ~(ReplicaSet{1} << number);
  query->replica = number;
  ++query->attempts;
  if (replica.outstanding++ == 0) replica.last_answer = Now();
  BackendQuery question;
  question.id = query->id;
  question.name = &name;
  question.type = query->type;
  question.rr_class = query->rr_class;
  question.recursion_desired = (query->echo.flags & dns::kRd) != 0;
  question.dnssec_ok = query->echo.dnssec_ok;
  question.checking_disabled = (query->echo.flags & dns::kCd) != 0;
  question.minimal_any = query->minimal_any;
  question.max_size = static_cast<uint16_t>(query->echo.max_size - OptSize(query->echo));
  question.time_left = absl::FromChrono(query->deadline - Now());
  // The query may be answered, and gone, when this returns.
  replica.backend->Submit(question);
  return true;
}

void QueryHandler::Retry(PendingQuery* query, const ExtendedErrorView& error) {
  const absl::string_view question = query->echo.question;
  const dns::LookupName name(question.substr(0, question.size() - 4));
  if (!Submit(query, name)) Fail(query, error);
}

void QueryHandler::Fail(PendingQuery* query, const ExtendedErrorView& error) {
  SendError(query->echo, query->client, rcode::kServFail, &error);
  pending_.Remove(query);
}

int QueryHandler::NumberOf(const Backend* backend) const {
  int number = 0;
  while (replicas_[number].backend != backend) ++number;
  return number;
}

void QueryHandler::OnAnswer(Backend* backend, const BackendAnswer& answer) {
  const int number = NumberOf(backend);
  PendingQuery* query = pending_.Find(answer.id);
  // One that was answered by another replica, or given up.
  if (query == nullptr || query->replica != number) return;
  Replica& replica = replicas_[number];
  --replica.outstanding;
  replica.answered = true;
  if (answer.wire.empty() && answer.rcode == rcode::kRefused) {
    // It has let go of the zone, or has not loaded it yet. REFUSED is never what a client hears of an owned name.
    return Retry(query, kNotServed);
  }
  const ExtendedErrorView error = {answer.extended_error, answer.extended_error_text};
  // Its copy of the zone may be damaged where another's is sound.
  if (answer.wire.empty() && answer.rcode == rcode::kServFail) return Retry(query, error);
  const ExtendedErrorView* error_if_any = answer.has_extended_error ? &error : nullptr;
  if (answer.wire.empty()) {
    SendError(query->echo, query->client, answer.rcode, error_if_any);
    return pending_.Remove(query);
  }
  char* out = query->client.transport->Prepare();
  const size_t size = WriteAnswer(query->echo, answer.wire, error_if_any, options_.max_udp_size, out);
  if (size == 0) return Retry(query, kNoSense);
  const uint16_t rcode = dns::GetU16(answer.wire, dns::kFlagsOffset) & dns::kRcodeMask;
  Commit(query->client, absl::string_view(out, size), rcode);
  pending_.Remove(query);
}

void QueryHandler::OnUp(Backend* backend) { up_ |= ReplicaSet{1} << NumberOf(backend); }

void QueryHandler::OnDown(Backend* backend) {
  const int number = NumberOf(backend);
  up_ &= ~(ReplicaSet{1} << number);
  replicas_[number].outstanding = 0;
  pending_.Visit([&](PendingQuery* query) {
    if (query->replica == number) Retry(query, kAway);
    return true;
  });
  Flush();
}

base::MonotonicTime QueryHandler::Now() {
  if (!now_is_fresh_) now_ = clock_.MonotonicNow();
  now_is_fresh_ = true;
  return now_;
}

void QueryHandler::Flush() {
  now_is_fresh_ = false;
  for (ReplicaSet rest = up_; rest != 0; rest &= rest - 1) replicas_[std::countr_zero(rest)].backend->Flush();
  if (replicas_.size() > 1) preferred_ = (preferred_ + 1) % static_cast<int>(replicas_.size());
}

void QueryHandler::OnTick() {
  now_is_fresh_ = false;
  const base::MonotonicTime now = Now();
  for (size_t i = 0; i < replicas_.size(); ++i) {
    Replica& replica = replicas_[i];
    if (replica.answered) replica.last_answer = now;
    replica.answered = false;
    const bool owes = (up_ >> i & 1) != 0 && replica.outstanding > 0;
    // With nobody else to ask, waiting is better: it may be this machine that stood still, and not the backend.
    const bool others = (up_ & ~(ReplicaSet{1} << i)) != 0;
    if (owes && others && now - replica.last_answer > absl::ToChronoNanoseconds(options_.hung_after)) {
      replica.backend->Break();
    }
  }
  pending_.Visit([&](PendingQuery* query) {
    if (query->deadline > now) return false;
    if (query->replica >= 0 && replicas_[query->replica].outstanding > 0) --replicas_[query->replica].outstanding;
    Fail(query, kAway);
    return true;
  });
}

}  // namespace strata::frontend
