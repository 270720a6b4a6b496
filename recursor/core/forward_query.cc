// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/forward_query.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/rr_type.h"
#include "recursor/core/upstream_query.h"

namespace strata::recursor {
namespace {

// How long a reply over UDP is waited for, at the least, before the query is sent once more. What a resolver answers
// from its cache says little about the names that it has to ask for itself, so these are no round trips: asking the
// same server again helps against packet loss alone; asking another one costs it a resolution.
constexpr absl::Duration kSameServerTime = absl::Milliseconds(1500);
constexpr absl::Duration kNextServerTime = absl::Milliseconds(400);
constexpr absl::Duration kTcpTime = absl::Seconds(3);
constexpr size_t kMaxTextSize = 200;

// Failures that mean the same to whoever asked; any other is between us and the server.
uint16_t PassedOnRcode(uint16_t rcode) {
  switch (rcode) {
    case dns::rcode::kFormErr:
    case dns::rcode::kNotImp:
    case dns::rcode::kRefused:
      return rcode;
    default:
      return dns::rcode::kServFail;
  }
}

}  // namespace

void ForwardQuery::Attempt::OnReply(absl::string_view message, absl::Duration round_trip) {
  query->OnReply(this, message, round_trip);
}
void ForwardQuery::Attempt::OnFailure(ExchangeFailure failure, bool suspicious) {
  query->OnFailure(this, failure, suspicious);
}

ForwardQuery::ForwardQuery(const ForwardContext& context, ForwardQueryOwner* owner)
    : context_(context), owner_(*owner) {
  for (Attempt& attempt : attempts_) attempt.query = this;
}

ForwardQuery::~ForwardQuery() { CloseAll(); }

void ForwardQuery::Start(const QuestionView& question, std::shared_ptr<UpstreamServers> servers, int max_packets) {
  question_ = question;
  servers_ = std::move(servers);
  packets_left_ = max_packets;
  latest_ = nullptr;
  tries_.assign(servers_->size(), 0);
  problems_.assign(servers_->size(), Problem::kNone);
  rcodes_.assign(servers_->size(), 0);
  has_failure_ = false;
  failure_has_error_ = false;
  failure_text_.clear();
  AskNext();
}

void ForwardQuery::Abandon() {
  CloseAll();
  servers_.reset();
}

// The server asked last is slower than it should be, or could not even be asked.
void ForwardQuery::OnExpired() {
  if (latest_->open) {
    UpstreamServer& server = (*servers_)[latest_->server];
    if (!latest_->tcp) server.OnSilence(latest_->sent, context_.clock->MonotonicNow());
    problems_[latest_->server] = Problem::kNoReply;
  }
  AskNext();
}

void ForwardQuery::AskNext() {
  const bool first = latest_ == nullptr;
  const ForwardSettings& settings = servers_->settings();
  const std::optional<size_t> next = servers_->Choose(tries_, settings.attempts);
  if (next) {
    ++tries_[*next];
    const bool edns = (*servers_)[*next].takes_edns(context_.clock->MonotonicNow());
    if (Ask(*next, settings.use_tcp, edns)) {
      if (first) SendProbe();
      return;
    }
  }
  if (!AnyOpen()) Finish(FailureSoFar());
}

bool ForwardQuery::Ask(size_t index, bool tcp, bool edns) {
  if (packets_left_ == 0) return false;
  --packets_left_;
  Attempt* const attempt = FreeAttempt();
  UpstreamServer& server = (*servers_)[index];
  const base::MonotonicTime now = context_.clock->MonotonicNow();
  UpstreamQuery query;
  query.name = question_.name;
  query.type = question_.type;
  query.rr_class = question_.rr_class;
  query.dnssec_ok = question_.dnssec_ok;
  query.checking_disabled = question_.checking_disabled;
  query.edns = edns;
  query.mixed_case = !tcp && server.keeps_case(now);
  WriteUpstreamQuery(query, context_.random, &message_);
  attempt->server = index;
  attempt->sent = now;
  attempt->open = true;
  attempt->tcp = tcp;
  attempt->edns = edns;
  latest_ = attempt;
  server.OnAsked(now);
  attempt->id = context_.transport->Start(server.address(), message_, tcp, ListenTime(tcp), attempt);
  context_.timers->Set(this, now + absl::ToChronoNanoseconds(RetryTime(index, tcp)));
  return true;
}

// The oldest makes room if there is none.
ForwardQuery::Attempt* ForwardQuery::FreeAttempt() {
  Attempt* oldest = &attempts_[0];
  for (Attempt& attempt : attempts_) {
    if (!attempt.open) return &attempt;
    if (attempt.sent < oldest->sent) oldest = &attempt;
  }
  context_.transport->Cancel(oldest->id);
  oldest->open = false;
  return oldest;
}

absl::Duration ForwardQuery::ListenTime(bool tcp) const {
  const absl::Duration timeout = servers_->settings().timeout;
  return tcp && !AllTriesUsed() ? std::min(kTcpTime, timeout) : timeout;
}

// A server that is asked again is given twice the time.
absl::Duration ForwardQuery::RetryTime(size_t server, bool tcp) const {
  if (AllTriesUsed()) return ListenTime(tcp);
  const absl::Duration timeout = servers_->settings().timeout;
  if (tcp) return std::min(kTcpTime, timeout);
  const int again = std::max(tries_[server] - 1, 0);
  const absl::Duration expected =
      std::min((*servers_)[server].Rto() * (1 << std::min(again, 5)), UpstreamServer::kMaxRto);
  return std::min(std::max(expected, servers_->size() == 1 ? kSameServerTime : kNextServerTime), timeout);
}

bool ForwardQuery::AllTriesUsed() const {
  const int attempts = servers_->settings().attempts;
  return std::all_of(tries_.begin(), tries_.end(), [attempts](uint8_t tries) { return tries >= attempts; });
}

bool ForwardQuery::AnyOpen() const {
  return std::any_of(attempts_.begin(), attempts_.end(), [](const Attempt& attempt) { return attempt.open; });
}

void ForwardQuery::SendProbe() {
  if (servers_->settings().use_tcp) return;
  const std::optional<size_t> probe = servers_->FindProbe(tries_, context_.clock->MonotonicNow());
  if (!probe) return;
  context_.metrics->probes.Add();
  context_.probes->Send(servers_->at(*probe), message_);
}

void ForwardQuery::OnReply(Attempt* attempt, absl::string_view message, absl::Duration round_trip) {
  attempt->open = false;
  const size_t index = attempt->server;
  UpstreamServer& server = (*servers_)[index];
  const base::MonotonicTime now = context_.clock->MonotonicNow();
  if (attempt->tcp) {
    server.OnTcpReply(now);
  } else {
    server.OnUdpReply(round_trip, now);
  }
  const ScrubbedReply reply = context_.scrubber->Scrub(question_, message);
  context_.metrics->CountReply(reply.verdict);
  switch (reply.verdict) {
    case ReplyVerdict::kAnswer: {
      ResolverAnswer answer;
      answer.wire = reply.wire;
      answer.has_extended_error = reply.has_extended_error;
      answer.extended_error = reply.extended_error;
      answer.extended_error_text = reply.extended_error_text;
      return Finish(answer);
    }
    case ReplyVerdict::kTruncated:
      if (!attempt->tcp && Ask(index, /*tcp=*/true, attempt->edns)) return context_.metrics->tcp_after_truncation.Add();
      OnServerUnusable(index, Problem::kUnusable);
      break;
    case ReplyVerdict::kNoEdns:
      if (attempt->edns) {
        server.OnEdnsRefused(now);
        if (Ask(index, attempt->tcp, /*edns=*/false)) return context_.metrics->without_edns.Add();
      }
      OnServerFailure(index, reply);
      break;
    case ReplyVerdict::kFailure:
      OnServerFailure(index, reply);
      break;
    case ReplyVerdict::kUnusable:
      OnServerUnusable(index, Problem::kUnusable);
      break;
  }
  GoOn(attempt);
}

void ForwardQuery::OnFailure(Attempt* attempt, ExchangeFailure failure, bool suspicious) {
  attempt->open = false;
  context_.metrics->CountFailure(attempt->tcp, failure);
  const size_t index = attempt->server;
  UpstreamServer& server = (*servers_)[index];
  const base::MonotonicTime now = context_.clock->MonotonicNow();
  switch (failure) {
    case ExchangeFailure::kTimeout:
      if (!attempt->tcp && !suspicious) server.OnSilence(attempt->sent, now);
      problems_[index] = Problem::kNoReply;
      break;
    case ExchangeFailure::kUnreachable:
      if (!attempt->tcp) server.OnSilence(attempt->sent, now);
      problems_[index] = Problem::kUnreachable;
      break;
    case ExchangeFailure::kTcpFailed:
      problems_[index] = Problem::kTcpFailed;
      break;
    case ExchangeFailure::kNoSocket:
      // This machine's trouble, and no other server's chance: the timer decides.
      problems_[index] = Problem::kNoSocket;
      if (attempt == latest_) return;
      break;
  }
  if (suspicious && !attempt->tcp) {
    server.OnMismatch(now);
    if (Ask(index, /*tcp=*/true, attempt->edns)) return context_.metrics->tcp_after_mismatch.Add();
  }
  GoOn(attempt);
}

// An older attempt's end changes nothing: the next server was asked already.
void ForwardQuery::GoOn(const Attempt* attempt) {
  if (attempt != latest_ && AnyOpen()) return;
  TimerWheel::Cancel(this);
  AskNext();
}

void ForwardQuery::OnServerFailure(size_t server, const ScrubbedReply& reply) {
  OnServerUnusable(server, Problem::kRcode);
  rcodes_[server] = reply.rcode;
  // The first that says why; else the first.
  if (has_failure_ && (failure_has_error_ || !reply.has_extended_error)) return;
  has_failure_ = true;
  failure_rcode_ = PassedOnRcode(reply.rcode);
  failure_has_error_ = reply.has_extended_error;
  failure_error_ = reply.extended_error;
  failure_text_.assign(reply.extended_error_text.data(), reply.extended_error_text.size());
}

void ForwardQuery::OnServerUnusable(size_t server, Problem problem) {
  problems_[server] = problem;
  tries_[server] = 255;
}

ResolverAnswer ForwardQuery::FailureSoFar() {
  ResolverAnswer answer;
  answer.rcode = has_failure_ ? failure_rcode_ : dns::rcode::kServFail;
  answer.has_extended_error = true;
  if (has_failure_ && failure_has_error_) {
    answer.extended_error = failure_error_;
    answer.extended_error_text = failure_text_;
    return answer;
  }
  const auto any = [this](Problem problem) {
    return std::find(problems_.begin(), problems_.end(), problem) != problems_.end();
  };
  if (has_failure_) {
    answer.extended_error = dns::extended_error::kOther;
  } else if (any(Problem::kUnusable)) {
    answer.extended_error = dns::extended_error::kInvalidData;
  } else if (any(Problem::kNoReply) || any(Problem::kNone)) {
    answer.extended_error = dns::extended_error::kNoReachableAuthority;
  } else {
    answer.extended_error = dns::extended_error::kNetworkError;
  }
  DescribeProblems();
  answer.extended_error_text = failure_text_;
  return answer;
}

void ForwardQuery::DescribeProblems() {
  failure_text_.clear();
  for (size_t i = 0; i < problems_.size() && failure_text_.size() < kMaxTextSize; ++i) {
    if (tries_[i] == 0) continue;
    absl::StrAppend(&failure_text_, failure_text_.empty() ? "" : ", ", (*servers_)[i].address().ToText(), " ");
    switch (problems_[i]) {
      case Problem::kNone:
      case Problem::kNoReply:
        absl::StrAppend(&failure_text_, "does not reply");
        break;
      case Problem::kUnreachable:
        absl::StrAppend(&failure_text_, "is unreachable");
        break;
      case Problem::kTcpFailed:
        absl::StrAppend(&failure_text_, "breaks TCP");
        break;
      case Problem::kNoSocket:
        absl::StrAppend(&failure_text_, "was not asked for want of a socket");
        break;
      case Problem::kUnusable:
        absl::StrAppend(&failure_text_, "replies with nonsense");
        break;
      case Problem::kRcode:
        absl::StrAppend(&failure_text_, "says ", dns::RcodeToText(rcodes_[i]));
        break;
    }
  }
}

void ForwardQuery::CloseAll() {
  TimerWheel::Cancel(this);
  for (Attempt& attempt : attempts_) {
    if (attempt.open) context_.transport->Cancel(attempt.id);
    attempt.open = false;
  }
}

void ForwardQuery::Finish(const ResolverAnswer& answer) {
  CloseAll();
  owner_.OnDone(this, answer);
}

}  // namespace strata::recursor
