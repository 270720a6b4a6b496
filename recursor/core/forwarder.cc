// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/forwarder.h"

#include <algorithm>
#include <utility>

#include "dns/edns.h"
#include "dns/rr_type.h"

namespace strata::recursor {
Forwarder::Forwarder(const ForwarderParts& parts, const ResolverLimits& limits)
    : parts_(parts),
      limits_(limits),
      probes_(parts.clock, parts.transport),
      context_{parts.clock, parts.transport, parts.timers, parts.random, &scrubber_, &probes_, &metrics_},
      hosts_(std::make_shared<const HostsTable>()) {}

void Forwarder::Tell(ResolverClient* client, const ResolverAnswer& answer) {
  metrics_.CountAnswer(answer);
  client->OnAnswer(answer);
}

void Forwarder::Refuse(ResolverClient* client, uint32_t id, uint16_t rcode, absl::string_view text,
                       uint16_t extended_error) {
  ResolverAnswer answer;
  answer.id = id;
  answer.rcode = rcode;
  answer.has_extended_error = true;
  answer.extended_error = extended_error;
  answer.extended_error_text = text;
  Tell(client, answer);
}

// There is too much to do now, which says nothing of the question: no cache keeps that.
void Forwarder::Shed(ResolverClient* client, uint32_t id, absl::string_view text) {
  Refuse(client, id, dns::rcode::kServFail, text, dns::extended_error::kNotReady);
}

Forwarder::~Forwarder() {
  ResolverAnswer answer;
  answer.rcode = dns::rcode::kServFail;
  answer.has_extended_error = true;
  answer.extended_error = dns::extended_error::kNotReady;
  answer.extended_error_text = "the recursor is stopping";
  while (!table_.empty()) (*table_.begin())->AnswerAll(answer);
}

void Forwarder::SetServers(const ForwardSettings& settings) {
  servers_ = std::make_shared<UpstreamServers>(settings, servers_.get());
  metrics_.servers.Publish(std::make_shared<const std::vector<std::shared_ptr<const UpstreamServer>>>(
      servers_->all().begin(), servers_->all().end()));
}

void Forwarder::Ask(const std::shared_ptr<ResolverClient>& client, const ResolverQuestion& asked_question,
                    base::MonotonicTime asked) {
  metrics_.questions[dns::TypeLabelIndex(asked_question.type)].Add();
  const uint32_t id = asked_question.id;
  const QuestionView question = {asked_question.name, asked_question.type, asked_question.rr_class,
                                 asked_question.dnssec_ok, asked_question.checking_disabled};
  if (question.rr_class != dns::rr_class::kIN) {
    return Refuse(client.get(), id, dns::rcode::kRefused, "only class IN is recursed for");
  }
  if (question.type == 0 || (dns::IsMetaType(question.type) && question.type != dns::rr_type::kANY)) {
    return Refuse(client.get(), id, dns::rcode::kNotImp, "not a type to ask for");
  }
  ResolverAnswer answer;
  answer.wire = local_.Find(question, *hosts_);
  if (!answer.wire.empty()) {
    answer.id = id;
    metrics_.local.Add();
    return Tell(client.get(), answer);
  }
  absl::Duration time = limits_.time;
  if (asked_question.time_left > absl::ZeroDuration()) time = std::min(time, asked_question.time_left);
  Forward(client, id, question, asked + absl::ToChronoNanoseconds(time));
}

void Forwarder::Forward(const std::shared_ptr<ResolverClient>& client, uint32_t id, const QuestionView& question,
                        base::MonotonicTime deadline) {
  if (servers_->size() == 0) {
    return Refuse(client.get(), id, dns::rcode::kRefused, "only names of the hosts file are resolved");
  }
  const auto known = table_.find(question);
  if (known != table_.end()) {
    if ((*known)->waiter_count() >= limits_.waiters) {
      metrics_.too_many_waiters.Add();
      return Shed(client.get(), id, "too many wait for the same question");
    }
    metrics_.coalesced.Add();
    return (*known)->AddWaiter(client, id, deadline);
  }
  if (table_.size() >= limits_.questions) {
    metrics_.too_many_questions.Add();
    return Shed(client.get(), id, "too many questions are in flight");
  }
  PendingQuestion* const pending = Take();
  pending->SetQuestion(question);
  table_.insert(pending);
  metrics_.in_flight.Set(static_cast<int64_t>(table_.size()));
  pending->AddWaiter(client, id, deadline);
  pending->Start(servers_, parts_.clock->MonotonicNow() + absl::ToChronoNanoseconds(limits_.time), limits_.packets);
}

PendingQuestion* Forwarder::Take() {
  if (idle_.empty()) {
    PendingQuestionOwner* const owner = this;
    pool_.push_back(std::make_unique<PendingQuestion>(context_, owner));
    return pool_.back().get();
  }
  PendingQuestion* const pending = idle_.back();
  idle_.pop_back();
  return pending;
}

void Forwarder::OnAllAnswered(PendingQuestion* pending) {
  table_.erase(pending);
  metrics_.in_flight.Set(static_cast<int64_t>(table_.size()));
  idle_.push_back(pending);
}

}  // namespace strata::recursor
