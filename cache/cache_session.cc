// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_session.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::cache {
namespace {

using Outbox = base::BatchOutbox<ExchangeTraits>;
using Postbox = base::BatchPostbox<ExchangeTraits>;

constexpr uint32_t kMaxU16 = 0xffff;
constexpr uint32_t kMaxRcode = 0xfff;  // RFC 6891 §6.1.3
constexpr size_t kMaxMessageSize = 65535;

absl::string_view View(const std::string& text) { return absl::string_view(text.data(), text.size()); }

std::optional<LeaseToken> TokenOf(const v1::Request& request) {
  LeaseToken token;
  if (request.token().size() != token.size()) return std::nullopt;
  std::copy(request.token().begin(), request.token().end(), token.begin());
  return token;
}

std::optional<Answer> AnswerOf(const v1::Request& request) {
  if (request.wire().size() > kMaxMessageSize || request.rcode() > kMaxRcode) return std::nullopt;
  Answer answer;
  answer.wire = View(request.wire());
  answer.rcode = static_cast<uint16_t>(request.rcode());
  if (!request.has_extended_error()) return answer;
  if (request.extended_error().info_code() > kMaxU16) return std::nullopt;
  answer.has_extended_error = true;
  answer.extended_error = static_cast<uint16_t>(request.extended_error().info_code());
  answer.extended_error_text = View(request.extended_error().extra_text());
  return answer;
}

v1::Reply::Kind KindOf(Reply::Kind kind) {
  switch (kind) {
    case Reply::Kind::kHit:
      return v1::Reply::HIT;
    case Reply::Kind::kMiss:
      return v1::Reply::MISS;
    case Reply::Kind::kParked:
      break;
  }
  return v1::Reply::PARKED;
}

size_t PayloadSize(const Reply& reply) { return reply.answer.wire.size() + reply.answer.extended_error_text.size(); }

void Write(const Reply& reply, v1::Reply* out) {
  out->set_id(reply.id);
  out->set_kind(KindOf(reply.kind));
  if (reply.has_token) out->set_token(reply.token.data(), reply.token.size());
  const Answer& answer = reply.answer;
  if (!answer.wire.empty()) out->set_wire(answer.wire.data(), answer.wire.size());
  out->set_rcode(answer.rcode);
  if (!answer.has_extended_error) return;
  out->mutable_extended_error()->set_info_code(answer.extended_error);
  out->mutable_extended_error()->set_extra_text(answer.extended_error_text.data(), answer.extended_error_text.size());
}

// What the sessions of one worker share.
struct Worker {
  explicit Worker(base::SharedCounter* counter) : malformed(*counter) {}

  base::SharedCounter& malformed;
  dns::LookupName name;  // of the key being looked up
  std::string wire;      // of the answer being sent
};

class CacheSession final : public base::BatchSession<ExchangeTraits>, public CacheClient {
 public:
  CacheSession(AnswerCache* cache, Worker* worker, std::shared_ptr<Postbox> postbox)
      : cache_(*cache), worker_(*worker), postbox_(std::move(postbox)) {}
  ~CacheSession() override { cache_.Forget(this); }

  void Handle(const v1::Request& request, Outbox* outbox) override;
  // What is parked is owed.
  void OnReply(const Reply& reply) override {
    postbox_->Settle(PayloadSize(reply), [&reply](v1::Reply* out) { Write(reply, out); });
  }
  // It is this worker's thread that is asked.
  bool alive() override { return true; }

 private:
  void LookUp(const v1::Request& request, Outbox* outbox);
  void Fill(const v1::Request& request, const LeaseToken& token, Outbox* outbox);
  void Refuse(const v1::Request& request, uint16_t rcode, Outbox* outbox);

  AnswerCache& cache_;
  Worker& worker_;
  const std::shared_ptr<Postbox> postbox_;
};

void CacheSession::Handle(const v1::Request& request, Outbox* outbox) {
  if (request.kind() == v1::Request::LOOKUP || request.kind() == v1::Request::PEEK) return LookUp(request, outbox);
  const std::optional<LeaseToken> token = TokenOf(request);
  if (!token) return Refuse(request, dns::rcode::kFormErr, outbox);
  switch (request.kind()) {
    case v1::Request::FILL:
      return Fill(request, *token, outbox);
    case v1::Request::RENEW:
      return cache_.Renew(this, *token);
    case v1::Request::RELEASE:
      return cache_.Release(this, *token);
    default:
      return Refuse(request, dns::rcode::kFormErr, outbox);
  }
}

void CacheSession::LookUp(const v1::Request& request, Outbox* outbox) {
  const absl::string_view name = View(request.name());
  if (name.empty() || dns::WireNameSize(name) != name.size() || request.type() > kMaxU16 ||
      request.rr_class() > kMaxU16) {
    return Refuse(request, dns::rcode::kFormErr, outbox);
  }
  worker_.name.Assign(name);
  Key key;
  key.name = &worker_.name;
  key.type = static_cast<uint16_t>(request.type());
  key.rr_class = static_cast<uint16_t>(request.rr_class());
  key.dnssec_ok = request.dnssec_ok();
  key.checking_disabled = request.checking_disabled();
  key.partition = request.partition();
  Reply reply = request.kind() == v1::Request::PEEK ? cache_.Peek(key, &worker_.wire)
                                                    : cache_.Lookup(this, request.id(), key, &worker_.wire);
  // Its second reply may have been posted already; that is as good.
  if (reply.kind == Reply::Kind::kParked) postbox_->Owe(1);
  reply.id = request.id();
  Write(reply, outbox->Add(PayloadSize(reply)));
}

void CacheSession::Fill(const v1::Request& request, const LeaseToken& token, Outbox* outbox) {
  const std::optional<Answer> answer = AnswerOf(request);
  if (!answer) return Refuse(request, dns::rcode::kFormErr, outbox);
  if (!cache_.Fill(this, token, *answer)) Refuse(request, dns::rcode::kRefused, outbox);
}

void CacheSession::Refuse(const v1::Request& request, uint16_t rcode, Outbox* outbox) {
  if (rcode == dns::rcode::kFormErr) worker_.malformed.Add();
  v1::Reply* out = outbox->Add(0);
  out->set_id(request.id());
  out->set_kind(v1::Reply::REFUSED);
  out->set_rcode(rcode);
}

}  // namespace

ExchangeServer::WorkerFactory ServeFrom(AnswerCache* cache, base::SharedCounter* malformed) {
  return [cache, malformed]() -> base::SessionFactory<ExchangeTraits> {
    return [cache, worker = std::make_shared<Worker>(malformed)](const std::shared_ptr<Postbox>& postbox) {
      return std::make_unique<CacheSession>(cache, worker.get(), postbox);
    };
  };
}

}  // namespace strata::cache
