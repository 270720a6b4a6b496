// SPDX-License-Identifier: Apache-2.0
#include "recursor/resolve_session.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::recursor {
namespace {

using resolve::v1::Answer;
using resolve::v1::Query;
using Outbox = base::BatchOutbox<ResolveTraits>;
using Postbox = base::BatchPostbox<ResolveTraits>;

constexpr uint32_t kMaxU16 = 0xffff;

// Valid, uncompressed and in lower case. No length octet looks like a letter: they are 63 at most.
bool IsQueryName(absl::string_view name) {
  return !name.empty() && dns::WireNameSize(name) == name.size() && std::none_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isupper(static_cast<unsigned char>(c));
  });
}

// What the resolver knows of a stream, and keeps as long as it owes it an answer.
class StreamClient final : public ResolverClient {
 public:
  explicit StreamClient(std::shared_ptr<Postbox> postbox) : postbox_(std::move(postbox)) {}

  void OnAnswer(const ResolverAnswer& answer) override {
    postbox_->Settle(answer.wire.size() + answer.extended_error_text.size(), [&answer](Answer* out) {
      out->set_id(answer.id);
      if (!answer.wire.empty()) out->set_wire(answer.wire.data(), answer.wire.size());
      out->set_rcode(answer.rcode);
      if (!answer.has_extended_error) return;
      out->mutable_extended_error()->set_info_code(answer.extended_error);
      out->mutable_extended_error()->set_extra_text(answer.extended_error_text.data(),
                                                    answer.extended_error_text.size());
    });
  }

 private:
  const std::shared_ptr<Postbox> postbox_;
};

class ResolveSession final : public base::BatchSession<ResolveTraits> {
 public:
  // `questions` is where they are put together, shared by a worker's sessions.
  ResolveSession(Resolver* resolver, std::vector<ResolverQuestion>* questions, const std::shared_ptr<Postbox>& postbox)
      : resolver_(*resolver),
        questions_(*questions),
        postbox_(postbox),
        client_(std::make_shared<StreamClient>(postbox)) {}

  void Begin() override { questions_.clear(); }
  void Handle(const Query& query, Outbox* outbox) override;
  void Flush() override;
  bool alive() override { return resolver_.silence() < kMaxSilence; }

 private:
  Resolver& resolver_;
  std::vector<ResolverQuestion>& questions_;
  const std::shared_ptr<Postbox> postbox_;
  const std::shared_ptr<StreamClient> client_;
};

void ResolveSession::Handle(const Query& query, Outbox* outbox) {
  const absl::string_view name(query.name().data(), query.name().size());
  if (!IsQueryName(name) || query.type() > kMaxU16 || query.rr_class() > kMaxU16) {
    Answer* answer = outbox->Add(0);
    answer->set_id(query.id());
    answer->set_rcode(dns::rcode::kFormErr);
    return;
  }
  ResolverQuestion question;
  question.id = query.id();
  question.name = name;  // the batch outlives Flush()
  question.type = static_cast<uint16_t>(query.type());
  question.rr_class = static_cast<uint16_t>(query.rr_class());
  question.dnssec_ok = query.dnssec_ok();
  question.checking_disabled = query.checking_disabled();
  question.time_left = absl::Milliseconds(query.deadline_ms());
  questions_.push_back(question);
}

void ResolveSession::Flush() {
  if (questions_.empty()) return;
  postbox_->Owe(static_cast<int>(questions_.size()));
  resolver_.Resolve(client_, questions_);
}

}  // namespace

ResolveServer::WorkerFactory AnswerBy(Resolver* resolver) {
  return [resolver]() -> base::SessionFactory<ResolveTraits> {
    return [resolver,
            questions = std::make_shared<std::vector<ResolverQuestion>>()](const std::shared_ptr<Postbox>& postbox) {
      return std::make_unique<ResolveSession>(resolver, questions.get(), postbox);
    };
  };
}

}  // namespace strata::recursor
