// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_session.h"

#include <algorithm>
#include <memory>
#include <optional>

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
  Worker(const PublishedCatalog& published, AnswerMetrics* counters) : catalog(published), metrics(*counters) {}

  PublishedCatalog::View catalog;
  AnswerMetrics& metrics;
  const std::unique_ptr<char[]> buffer = std::make_unique<char[]>(65535);  // for the answer being made
  dns::LookupName name;                                                    // of the question being answered
};

class ResolveSession final : public base::BatchSession<ResolveTraits> {
 public:
  explicit ResolveSession(Worker* worker) : worker_(*worker) {}

  void Begin() override { worker_.catalog.Refresh(); }
  void Handle(const Query& query, base::BatchOutbox<ResolveTraits>* outbox) override;

 private:
  // False: no question that could have an answer.
  bool Read(const Query& query, Question* question);
  static void Write(AnswerOutcome outcome, bool valid, absl::string_view wire, Answer* answer);
  void Count(AnswerOutcome outcome, const Query& query, absl::string_view wire, const Answer& answer);

  Worker& worker_;
};

bool ResolveSession::Read(const Query& query, Question* question) {
  const absl::string_view name(query.name().data(), query.name().size());
  if (name.empty() || dns::WireNameSize(name) != name.size() || query.type() > kMaxU16 || query.rr_class() > kMaxU16) {
    return false;
  }
  worker_.name.Assign(name);
  question->name = &worker_.name;
  question->type = static_cast<uint16_t>(query.type());
  question->rr_class = static_cast<uint16_t>(query.rr_class());
  if (query.max_size() != 0) question->max_size = std::max(query.max_size(), kMinAnswerSize);
  question->minimal_any = query.minimal_any();
  question->dnssec_ok = query.dnssec_ok();
  return true;
}

void ResolveSession::Handle(const Query& query, base::BatchOutbox<ResolveTraits>* outbox) {
  Question question;
  size_t size = 0;
  AnswerOutcome outcome = AnswerOutcome::kNotOurs;
  const bool valid = Read(query, &question);
  std::optional<dns::ZoneVersion> version;
  if (valid) {
    outcome = AnswerQuestion(*worker_.catalog, question, worker_.buffer.get(), &size,
                             query.want_zoneversion() ? &version : nullptr);
  }
  if (outcome != AnswerOutcome::kAnswered && outcome != AnswerOutcome::kTooCostly) size = 0;
  const absl::string_view wire(worker_.buffer.get(), size);
  Answer* answer = outbox->Add(size);
  answer->set_id(query.id());
  Write(outcome, valid, wire, answer);
  if (version.has_value()) {
    const auto value = dns::ZoneVersionValue(*version);
    dns::AppendEdnsOption(dns::edns_option::kZoneVersion, absl::string_view(value.data(), value.size()),
                          answer->mutable_options());
  }
  Count(outcome, query, wire, *answer);
}

void ResolveSession::Write(AnswerOutcome outcome, bool valid, absl::string_view wire, Answer* answer) {
  switch (outcome) {
    case AnswerOutcome::kAnswered:
      answer->set_wire(wire.data(), wire.size());
      break;
    case AnswerOutcome::kTooCostly:
      // A whole answer, so that no other replica is asked for the same.
      answer->set_wire(wire.data(), wire.size());
      answer->mutable_extended_error()->set_info_code(dns::extended_error::kUnsupportedNsec3Iterations);
      answer->mutable_extended_error()->set_extra_text(kTooCostlyText.data(), kTooCostlyText.size());
      break;
    case AnswerOutcome::kDamaged:
      answer->set_rcode(dns::rcode::kServFail);
      answer->mutable_extended_error()->set_info_code(dns::extended_error::kInvalidData);
      answer->mutable_extended_error()->set_extra_text("zone data cannot be read");
      break;
    case AnswerOutcome::kNotOurs:
      answer->set_rcode(valid ? dns::rcode::kRefused : dns::rcode::kFormErr);
      break;
  }
}

void ResolveSession::Count(AnswerOutcome outcome, const Query& query, absl::string_view wire, const Answer& answer) {
  AnswerMetrics& metrics = worker_.metrics;
  metrics.queries[dns::TypeLabelIndex(static_cast<uint16_t>(std::min(query.type(), kMaxU16)))].Add();
  const uint16_t flags = wire.empty() ? 0 : dns::GetU16(wire, dns::kFlagsOffset);
  const auto rcode = static_cast<uint16_t>(wire.empty() ? answer.rcode() : flags & dns::kRcodeMask);
  metrics.answers[dns::RcodeLabelIndex(rcode)].Add();
  if ((flags & dns::kTc) != 0) metrics.truncated.Add();
  if (outcome == AnswerOutcome::kDamaged) metrics.damaged.Add();
  if (outcome == AnswerOutcome::kTooCostly) metrics.too_costly.Add();
}

}  // namespace

ResolveServer::WorkerFactory AnswerFrom(const PublishedCatalog& catalog, AuthorityMetrics* metrics) {
  return [&catalog, metrics]() -> base::SessionFactory<ResolveTraits> {
    return [worker = std::make_shared<Worker>(catalog, metrics->AddWorker())](const auto&) {
      return std::make_unique<ResolveSession>(worker.get());
    };
  };
}

}  // namespace strata::authority
