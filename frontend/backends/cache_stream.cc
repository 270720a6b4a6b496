// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/cache_stream.h"

#include <algorithm>

namespace strata::frontend {
namespace {

using cache::v1::Reply;
using cache::v1::Request;

// What a request takes beside its name and its message.
constexpr size_t kRequestBytes = 48;

CacheReply::Kind KindOf(Reply::Kind kind) {
  switch (kind) {
    case Reply::HIT:
      return CacheReply::Kind::kHit;
    case Reply::MISS:
      return CacheReply::Kind::kMiss;
    case Reply::PARKED:
      return CacheReply::Kind::kParked;
    default:
      return CacheReply::Kind::kRefused;
  }
}

void Read(const Reply& from, CacheReply* reply) {
  reply->kind = KindOf(from.kind());
  BackendAnswer& answer = reply->answer;
  answer.id = from.id();
  answer.wire = absl::string_view(from.wire().data(), from.wire().size());
  answer.rcode = static_cast<uint16_t>(from.rcode());
  answer.has_extended_error = from.has_extended_error();
  if (answer.has_extended_error) {
    answer.extended_error = static_cast<uint16_t>(from.extended_error().info_code());
    const std::string& text = from.extended_error().extra_text();
    answer.extended_error_text = absl::string_view(text.data(), text.size());
  }
  reply->has_token = from.token().size() == reply->token.size();
  if (reply->has_token) std::copy(from.token().begin(), from.token().end(), reply->token.begin());
}

}  // namespace

void CacheStream::Ask(const CacheLookup& lookup, Request::Kind kind) {
  ++owed_;
  const absl::string_view name = lookup.name->wire();
  Request* request = stream_.Add(kRequestBytes + name.size(), /*prompt=*/true);
  request->set_kind(kind);
  request->set_id(lookup.id);
  request->set_name(name.data(), name.size());
  request->set_type(lookup.type);
  request->set_rr_class(lookup.rr_class);
  request->set_dnssec_ok(lookup.dnssec_ok);
  request->set_checking_disabled(lookup.checking_disabled);
}

Request* CacheStream::AddForLease(const LeaseToken& token, size_t bytes) {
  Request* request = stream_.Add(kRequestBytes + bytes, /*prompt=*/false);
  request->set_token(token.data(), token.size());
  return request;
}

void CacheStream::Fill(const LeaseToken& token, const BackendAnswer& answer) {
  Request* request = AddForLease(token, answer.wire.size());
  request->set_kind(Request::FILL);
  request->set_id(answer.id);
  request->set_wire(answer.wire.data(), answer.wire.size());
  request->set_rcode(answer.rcode);
  if (!answer.has_extended_error) return;
  request->mutable_extended_error()->set_info_code(answer.extended_error);
  request->mutable_extended_error()->set_extra_text(answer.extended_error_text.data(),
                                                    answer.extended_error_text.size());
}

void CacheStream::Renew(const LeaseToken& token) { AddForLease(token, 0)->set_kind(Request::RENEW); }

void CacheStream::Release(const LeaseToken& token) { AddForLease(token, 0)->set_kind(Request::RELEASE); }

void CacheStream::OnReplies(const cache::v1::ReplyBatch& batch) {
  events_.OnAlive(this);
  CacheReply reply;
  for (const Reply& from : batch.replies()) {
    Read(from, &reply);
    const bool found = reply.kind == CacheReply::Kind::kHit || reply.kind == CacheReply::Kind::kMiss;
    if (found && owed_ > 0) --owed_;
    events_.OnReply(this, reply);
  }
}

}  // namespace strata::frontend
