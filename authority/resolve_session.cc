// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_session.h"

#include <algorithm>
#include <memory>

#include "authority/answerer.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::authority {
namespace {

using resolve::v1::Answer;
using resolve::v1::Query;

constexpr uint32_t kMaxU16 = 0xffff;
// Header and question, whatever they are.
constexpr uint32_t kMinAnswerSize = dns::kHeaderSize + dns::kMaxNameSize + 4;

// What the sessions of one worker share.
struct Worker {
  explicit Worker(const PublishedCatalog& published) : catalog(published) {}

  PublishedCatalog::View catalog;
  const std::unique_ptr<char[]> buffer = std::make_unique<char[]>(65535);  // for the answer being made
  dns::LookupName name;                                                    // of the question being answered
};

class ResolveSession final : public base::BatchSession<ResolveTraits> {
 public:
  explicit ResolveSession(Worker* worker) : worker_(*worker) {}

  void Begin() override { worker_.catalog.Refresh(); }
  void Handle(const Query& query, base::BatchOutbox<ResolveTraits>* outbox) override;

 private:
  Worker& worker_;
};

void ResolveSession::Handle(const Query& query, base::BatchOutbox<ResolveTraits>* outbox) {
  Question question;
  const absl::string_view name(query.name().data(), query.name().size());
  size_t size = 0;
  AnswerOutcome outcome = AnswerOutcome::kNotOurs;
  const bool valid =
      !name.empty() && dns::WireNameSize(name) == name.size() && query.type() <= kMaxU16 && query.rr_class() <= kMaxU16;
  if (valid) {
    worker_.name.Assign(name);
    question.name = &worker_.name;
    question.type = static_cast<uint16_t>(query.type());
    question.rr_class = static_cast<uint16_t>(query.rr_class());
    if (query.max_size() != 0) question.max_size = std::max(query.max_size(), kMinAnswerSize);
    question.minimal_any = query.minimal_any();
    outcome = AnswerQuestion(*worker_.catalog, question, worker_.buffer.get(), &size);
  }
  if (outcome != AnswerOutcome::kAnswered) size = 0;
  Answer* answer = outbox->Add(size);
  answer->set_id(query.id());
  if (outcome == AnswerOutcome::kAnswered) {
    answer->set_wire(worker_.buffer.get(), size);
  } else if (outcome == AnswerOutcome::kDamaged) {
    answer->set_rcode(dns::rcode::kServFail);
    answer->mutable_extended_error()->set_info_code(dns::extended_error::kInvalidData);
    answer->mutable_extended_error()->set_extra_text("zone data cannot be read");
  } else {
    answer->set_rcode(valid ? dns::rcode::kRefused : dns::rcode::kFormErr);
  }
}

}  // namespace

ResolveServer::WorkerFactory AnswerFrom(const PublishedCatalog& catalog) {
  return [&catalog]() -> base::SessionFactory<ResolveTraits> {
    return [worker = std::make_shared<Worker>(catalog)](const auto&) {
      return std::make_unique<ResolveSession>(worker.get());
    };
  };
}

}  // namespace strata::authority
