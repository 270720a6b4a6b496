// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_intake.h"

#include <algorithm>

#include "dns/edns.h"
#include "dns/rr_type.h"
#include "frontend/query/client_options.h"

namespace strata::frontend {
namespace {

namespace extended_error = dns::extended_error;
namespace rcode = dns::rcode;
namespace rr = dns::rr_type;

constexpr ExtendedErrorView kMalformed = {extended_error::kOther, "malformed query"};
constexpr ExtendedErrorView kMalformedCookie = {extended_error::kOther, "malformed cookie"};
constexpr ExtendedErrorView kMalformedZoneVersion = {extended_error::kOther, "malformed ZONEVERSION"};
constexpr ExtendedErrorView kUnknownOpcode = {extended_error::kNotSupported, "opcode"};
constexpr ExtendedErrorView kUnknownVersion = {extended_error::kNotSupported, "EDNS version"};
constexpr ExtendedErrorView kNoQuestion = {extended_error::kOther, "no question"};
constexpr ExtendedErrorView kNoSuchType = {extended_error::kInvalidQueryType, ""};
constexpr ExtendedErrorView kNotOurs = {extended_error::kNotAuthoritative, ""};
constexpr ExtendedErrorView kMayNotAsk = {extended_error::kProhibited, "queries are not allowed from this address"};

// What is no question to look up, by its type: the rcode it gets, or NOERROR.
uint16_t RcodeOfMetaType(uint16_t type) {
  switch (type) {
    case rr::kANY:
      return rcode::kNoError;
    case rr::kAXFR:  // whether there is such a zone counts
    case rr::kIXFR:
      return rcode::kNoError;
    case rr::kMAILA:
    case rr::kMAILB:
      return rcode::kNotImp;
    default:
      // OPT, TSIG, TKEY, NXNAME and their like are no questions (RFC 6895 §3.1, RFC 9824 §3.5).
      return dns::IsMetaType(type) ? rcode::kFormErr : rcode::kNoError;
  }
}

const sockaddr* AddressOf(const Client& client) { return reinterpret_cast<const sockaddr*>(&client.peer); }

}  // namespace

QueryIntake::QueryIntake(const Options& options, ResponseSender* sender, QueryMetrics* metrics,
                         const base::Clock& clock)
    : options_(options), sender_(*sender), metrics_(*metrics) {
  if (options_.cookie_secrets != nullptr) cookies_.emplace(*options_.cookie_secrets, clock);
}

QueryEcho QueryIntake::Echo(const Client& client, bool recursion_offered, base::MonotonicTime now) const {
  QueryEcho echo;
  echo.id = query_.id;
  echo.flags = query_.flags;
  echo.has_edns = query_.has_edns;
  echo.dnssec_ok = query_.edns.dnssec_ok;
  echo.question = query_.question;
  echo.recursion_available = recursion_offered && options_.recursion_clients.Allows(AddressOf(client));
  echo.proven = !client.transport->is_datagram();
  echo.received = now;
  if (!client.transport->is_datagram()) {
    echo.max_size = 65535;
  } else if (query_.has_edns) {
    // RFC 6891 §6.2.5: values below 512 mean 512.
    echo.max_size = std::clamp(query_.edns.udp_payload_size, kMinUdpSize, sender_.max_udp_size());
  }
  return echo;
}

std::optional<CookieState> QueryIntake::ReadOptions(const Client& client, QueryEcho* echo, bool* malformed) {
  if (query_.has_edns && client.transport->leaving()) echo->options.keepalive = 0;
  if (query_.edns.options.empty()) return std::nullopt;
  const ClientOptions asked = ReadClientOptions(query_.edns.options);
  if (asked.nsid) echo->options.nsid = options_.identity->nsid();
  *malformed = asked.malformed_zone_version;
  echo->options.wants_zone_version = asked.zone_version && !*malformed;
  // Absent for datagrams, where the option has no meaning (RFC 7828 §3.2.2).
  if (asked.keepalive) echo->options.keepalive = client.transport->keepalive();
  if (!asked.cookie.has_value() || !cookies_.has_value()) return std::nullopt;
  const CookieState state = cookies_->Read(*asked.cookie, client, echo);
  metrics_.CountCookie(state);
  return state;
}

QueryIntake::Outcome QueryIntake::Answer(const Client& client, const QueryEcho& echo, uint16_t rcode,
                                         const ExtendedErrorView* error) {
  sender_.SendError(echo, client, rcode, error, echo.received);
  return Outcome::kAnswered;
}

QueryIntake::Outcome QueryIntake::AnswerChaos(const Client& client, const QueryEcho& echo) {
  const std::optional<absl::string_view> answer = options_.identity->Answer(query_.name, query_.type);
  if (!answer.has_value()) return Answer(client, echo, rcode::kRefused, &kNotOurs);
  sender_.SendOwnAnswer(echo, client, *answer, /*count=*/1, echo.received);
  return Outcome::kAnswered;
}

// A client may ask for a cookie, or whether its own is good, and nothing else (RFC 7873 §5.4).
QueryIntake::Outcome QueryIntake::AnswerNoQuestion(const Client& client, const QueryEcho& echo,
                                                   std::optional<CookieState> cookie) {
  if (!cookie.has_value()) return Answer(client, echo, rcode::kFormErr, &kNoQuestion);
  return cookie == CookieState::kBad ? AnswerBadCookie(client, echo) : Answer(client, echo, rcode::kNoError);
}

// Goes to whom it may concern: nothing but what has to be in it, unless it is known that somebody asked.
QueryIntake::Outcome QueryIntake::AnswerBadCookie(const Client& client, QueryEcho echo) {
  if (!echo.proven) echo.options = MandatoryOptions(echo.options);
  return Answer(client, echo, rcode::kBadCookie);
}

QueryIntake::Outcome QueryIntake::Take(absl::string_view message, const Client& client, bool recursion_offered,
                                       base::MonotonicTime now, QueryEcho* echo) {
  const dns::QueryVerdict verdict = dns::ParseQuery(message, &query_);
  if (verdict == dns::QueryVerdict::kDrop) {
    metrics_.CountDropped(Dropped::kNoQuery);
    return Outcome::kDropped;
  }
  metrics_.CountRequest(client, query_.question.empty() ? 0 : query_.type, query_.edns.dnssec_ok, message.size());
  if (verdict != dns::QueryVerdict::kAnswer && client.transport->behind()) {
    metrics_.CountDropped(Dropped::kBehind);
    return Outcome::kDropped;
  }
  *echo = Echo(client, recursion_offered, now);
  std::optional<CookieState> cookie;
  // Those of another version may mean something else.
  bool malformed_option = false;
  if (verdict != dns::QueryVerdict::kBadVers) cookie = ReadOptions(client, echo, &malformed_option);
  switch (verdict) {
    case dns::QueryVerdict::kDrop:
    case dns::QueryVerdict::kFormErr:
      return Answer(client, *echo, rcode::kFormErr, &kMalformed);
    case dns::QueryVerdict::kNotImp:
      return Answer(client, *echo, rcode::kNotImp, &kUnknownOpcode);
    case dns::QueryVerdict::kBadVers:
      return Answer(client, *echo, rcode::kBadVers, &kUnknownVersion);
    case dns::QueryVerdict::kAnswer:
    case dns::QueryVerdict::kNoQuestion:
    case dns::QueryVerdict::kUnknownKey:
      break;
  }
  if (malformed_option) return Answer(client, *echo, rcode::kFormErr, &kMalformedZoneVersion);
  if (cookie == CookieState::kMalformed) return Answer(client, *echo, rcode::kFormErr, &kMalformedCookie);
  if (!options_.query_clients.Allows(AddressOf(client))) {
    metrics_.query_denied.Add();
    return Answer(client, *echo, rcode::kRefused, &kMayNotAsk);
  }
  if (verdict == dns::QueryVerdict::kNoQuestion) return AnswerNoQuestion(client, *echo, cookie);
  if (verdict == dns::QueryVerdict::kUnknownKey) {
    sender_.SendUnknownKey(*echo, client, query_.tsig, now);
    return Outcome::kAnswered;
  }
  // While its network is limited, a client that knows cookies shows first that it is there (RFC 7873 §5.2.3).
  if (echo->options.has_cookie && !echo->proven && options_.limiter != nullptr &&
      options_.limiter->IsLimited(AddressOf(client), now)) {
    return AnswerBadCookie(client, *echo);
  }
  if (query_.rr_class == dns::rr_class::kCH) return AnswerChaos(client, *echo);
  if (query_.rr_class != dns::rr_class::kIN) return Answer(client, *echo, rcode::kRefused, &kNotOurs);
  if (const uint16_t refusal = RcodeOfMetaType(query_.type); refusal != rcode::kNoError) {
    return Answer(client, *echo, refusal, &kNoSuchType);
  }
  return Outcome::kLookUp;
}

}  // namespace strata::frontend
