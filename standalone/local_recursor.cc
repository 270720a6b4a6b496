// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_recursor.h"

namespace strata::standalone {

class LocalRecursor::Client : public recursor::ResolverClient {
 public:
  explicit Client(base::EventLoop* loop) : inbox(loop) {}
  void OnAnswer(const recursor::ResolverAnswer& answer) override { inbox.Post(KeptAnswer(answer.id, answer)); }

  LoopInbox<KeptAnswer> inbox;
};

LocalRecursor::LocalRecursor(recursor::Resolver* resolver, base::EventLoop* loop, frontend::BackendEvents* events)
    : resolver_(*resolver), events_(*events), client_(std::make_shared<Client>(loop)) {}

LocalRecursor::~LocalRecursor() { client_->inbox.Close(); }

void LocalRecursor::Submit(const frontend::BackendQuery& query) {
  names_.emplace_back(query.name->wire());
  recursor::ResolverQuestion question;
  question.id = query.id;
  question.name = names_.back();
  question.type = query.type;
  question.rr_class = query.rr_class;
  question.dnssec_ok = query.dnssec_ok;
  question.checking_disabled = query.checking_disabled;
  if (query.time_left != absl::InfiniteDuration()) question.time_left = query.time_left;
  gathered_.push_back(question);
}

void LocalRecursor::Flush() {
  if (gathered_.empty()) return;
  resolver_.Resolve(client_, gathered_);
  gathered_.clear();
  names_.clear();
}

void LocalRecursor::Poll() {
  client_->inbox.TakeAll(&taken_);
  if (!taken_.empty()) events_.OnAlive(this);
  for (const KeptAnswer& answer : taken_) events_.OnAnswer(this, answer.View());
}

}  // namespace strata::standalone
