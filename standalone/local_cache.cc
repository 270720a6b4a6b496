// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_cache.h"

#include "dns/rr_type.h"

namespace strata::standalone {
namespace {

frontend::CacheReply::Kind KindOf(cache::Reply::Kind kind) {
  switch (kind) {
    case cache::Reply::Kind::kHit:
      return frontend::CacheReply::Kind::kHit;
    case cache::Reply::Kind::kMiss:
      return frontend::CacheReply::Kind::kMiss;
    case cache::Reply::Kind::kParked:
      return frontend::CacheReply::Kind::kParked;
  }
  return frontend::CacheReply::Kind::kRefused;
}

cache::Key KeyOf(const frontend::CacheLookup& lookup) {
  cache::Key key;
  key.name = lookup.name;
  key.type = lookup.type;
  key.rr_class = lookup.rr_class;
  key.dnssec_ok = lookup.dnssec_ok;
  key.checking_disabled = lookup.checking_disabled;
  return key;
}

}  // namespace

void LocalCache::Lookup(const frontend::CacheLookup& lookup) {
  Tell(lookup.id, cache_.Lookup(this, lookup.id, KeyOf(lookup), &wire_));
}

void LocalCache::Peek(const frontend::CacheLookup& lookup) { Tell(lookup.id, cache_.Peek(KeyOf(lookup), &wire_)); }

void LocalCache::Tell(uint32_t id, const cache::Reply& found) {
  frontend::CacheReply reply;
  reply.kind = KindOf(found.kind);
  reply.has_token = found.has_token;
  reply.token = found.token;
  reply.answer = KeptAnswer::ViewOf(id, found.answer);
  events_.OnReply(this, reply);
}

void LocalCache::Fill(const frontend::LeaseToken& token, const frontend::BackendAnswer& answer) {
  cache::Answer fill;
  fill.wire = answer.wire;
  fill.rcode = answer.rcode;
  fill.has_extended_error = answer.has_extended_error;
  fill.extended_error = answer.extended_error;
  fill.extended_error_text = answer.extended_error_text;
  if (cache_.Fill(this, token, fill)) return;
  frontend::CacheReply reply;
  reply.kind = frontend::CacheReply::Kind::kRefused;
  reply.answer.id = answer.id;
  events_.OnReply(this, reply);
}

void LocalCache::OnReply(const cache::Reply& reply) {
  inbox_.Post({KindOf(reply.kind), reply.has_token, reply.token, KeptAnswer(reply.id, reply.answer)});
}

void LocalCache::Poll() {
  inbox_.TakeAll(&taken_);
  for (const KeptReply& kept : taken_) {
    frontend::CacheReply reply;
    reply.kind = kept.kind;
    reply.has_token = kept.has_token;
    reply.token = kept.token;
    reply.answer = kept.answer.View();
    events_.OnReply(this, reply);
  }
}

}  // namespace strata::standalone
