// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/pending_question.h"

#include <algorithm>
#include <utility>

namespace strata::recursor {
namespace {

// What one burst of waiters needed is not kept for ever.
constexpr size_t kKeptWaiters = 16;

}  // namespace

PendingQuestion::PendingQuestion(const ForwardContext& context, PendingQuestionOwner* owner)
    : context_(context), owner_(*owner), query_(context, this) {}

PendingQuestion::~PendingQuestion() = default;

void PendingQuestion::SetQuestion(const QuestionView& question) {
  name_.assign(question.name.data(), question.name.size());
  question_ = question;
  question_.name = name_;
  latest_ = base::MonotonicTime::max();
}

void PendingQuestion::AddWaiter(std::shared_ptr<ResolverClient> client, uint32_t id, base::MonotonicTime deadline) {
  deadline = std::min(deadline, latest_);
  const bool first = waiters_.empty();
  waiters_.push_back({std::move(client), id, deadline});
  if (first || deadline < first_deadline_) {
    first_deadline_ = deadline;
    context_.timers->Set(this, deadline);
  }
}

void PendingQuestion::Tell(const Waiter& waiter, const ResolverAnswer& answer) {
  ResolverAnswer own = answer;
  own.id = waiter.id;
  context_.metrics->CountAnswer(own);
  waiter.client->OnAnswer(own);
}

void PendingQuestion::Start(std::shared_ptr<UpstreamServers> servers, base::MonotonicTime latest, int max_packets) {
  started_ = context_.clock->MonotonicNow();
  latest_ = latest;
  query_.Start(question_, std::move(servers), max_packets);
}

void PendingQuestion::AnswerAll(const ResolverAnswer& answer) {
  TimerWheel::Cancel(this);
  context_.metrics->durations.Observe(context_.clock->MonotonicNow() - started_);
  for (const Waiter& waiter : waiters_) Tell(waiter, answer);
  waiters_.clear();
  if (waiters_.capacity() > kKeptWaiters) waiters_.shrink_to_fit();
  query_.Abandon();
  owner_.OnAllAnswered(this);
}

void PendingQuestion::OnExpired() {
  const base::MonotonicTime now = context_.clock->MonotonicNow();
  const ResolverAnswer answer = query_.FailureSoFar();
  const auto expired = std::stable_partition(waiters_.begin(), waiters_.end(),
                                             [now](const Waiter& waiter) { return waiter.deadline > now; });
  context_.metrics->timed_out.Add(static_cast<uint64_t>(waiters_.end() - expired));
  if (expired == waiters_.begin()) return AnswerAll(answer);
  for (auto it = expired; it != waiters_.end(); ++it) Tell(*it, answer);
  waiters_.erase(expired, waiters_.end());
  first_deadline_ = std::min_element(waiters_.begin(), waiters_.end(), [](const Waiter& a, const Waiter& b) {
                      return a.deadline < b.deadline;
                    })->deadline;
  context_.timers->Set(this, first_deadline_);
}

}  // namespace strata::recursor
