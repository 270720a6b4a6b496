// A question in flight and all who wait for its answer.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_PENDING_QUESTION_H_
#define STRATA_RECURSOR_CORE_PENDING_QUESTION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "recursor/core/forward_query.h"
#include "recursor/core/question.h"
#include "recursor/net/timer_wheel.h"
#include "recursor/resolver.h"

namespace strata::recursor {

class PendingQuestion;

class PendingQuestionOwner {
 public:
  virtual ~PendingQuestionOwner() = default;
  // Nobody waits any more: all were answered. It may be started anew, or destroyed later on.
  virtual void OnAllAnswered(PendingQuestion* pending) = 0;
};

// Each waiter is answered when the answer is there, or when its own time is up; the question goes on as long as anybody
// waits. Not thread-safe. One object serves question after question.
class PendingQuestion final : ForwardQueryOwner, Timer {
 public:
  PendingQuestion(const ForwardContext& context, PendingQuestionOwner* owner);
  ~PendingQuestion() override;

  const QuestionView& question() const { return question_; }
  size_t waiter_count() const { return waiters_.size(); }

  // Copies the question's name.
  void SetQuestion(const QuestionView& question);
  void AddWaiter(std::shared_ptr<ResolverClient> client, uint32_t id, base::MonotonicTime deadline);
  // After the first waiter. `latest` is the end, whoever comes to wait.
  void Start(std::shared_ptr<UpstreamServers> servers, base::MonotonicTime latest, int max_packets);
  // Answers all, and ends.
  void AnswerAll(const ResolverAnswer& answer);

 private:
  struct Waiter {
    std::shared_ptr<ResolverClient> client;
    uint32_t id = 0;
    base::MonotonicTime deadline;
  };

  void OnDone(ForwardQuery* /*query*/, const ResolverAnswer& answer) override { AnswerAll(answer); }
  void OnExpired() override;
  void Tell(const Waiter& waiter, const ResolverAnswer& answer);

  const ForwardContext context_;
  PendingQuestionOwner& owner_;
  std::string name_;
  QuestionView question_;
  ForwardQuery query_;
  std::vector<Waiter> waiters_;
  base::MonotonicTime started_;
  base::MonotonicTime latest_;          // the end of it all
  base::MonotonicTime first_deadline_;  // when the timer is due
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_PENDING_QUESTION_H_
