// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/response_sender.h"

#include "dns/header.h"
#include "dns/rr_type.h"
#include "frontend/policy/response_class.h"
#include "frontend/query/query_log.h"

namespace strata::frontend {

bool ResponseSender::Send(const QueryEcho& query, const Client& client, absl::string_view wire,
                          const ExtendedErrorView* error, base::MonotonicTime now) {
  char* out = client.transport->Prepare();
  const size_t size = WriteAnswer(query, wire, error, options_.max_udp_size, out);
  if (size == 0) return false;
  Commit(query, client, out, size, dns::GetU16(wire, dns::kFlagsOffset) & dns::kRcodeMask, now);
  return true;
}

void ResponseSender::SendError(const QueryEcho& query, const Client& client, uint16_t rcode,
                               const ExtendedErrorView* error, base::MonotonicTime now) {
  char* out = client.transport->Prepare();
  Commit(query, client, out, WriteError(query, rcode, error, options_.max_udp_size, out), rcode, now);
}

void ResponseSender::SendOwnAnswer(const QueryEcho& query, const Client& client, absl::string_view answer,
                                   uint16_t count, base::MonotonicTime now) {
  char* out = client.transport->Prepare();
  Commit(query, client, out, WriteOwnAnswer(query, answer, count, options_.max_udp_size, out), dns::rcode::kNoError,
         now);
}

void ResponseSender::SendUnknownKey(const QueryEcho& query, const Client& client, const dns::Tsig& tsig,
                                    base::MonotonicTime now) {
  char* out = client.transport->Prepare();
  Commit(query, client, out, WriteUnknownKey(query, tsig, options_.max_udp_size, out), dns::rcode::kNotAuth, now);
}

void ResponseSender::Commit(const QueryEcho& query, const Client& client, char* out, size_t size, uint16_t rcode,
                            base::MonotonicTime now) {
  // Who is where they say to be is asked for nothing.
  if (options_.limiter != nullptr && !query.proven) size = Limit(query, client, out, size, rcode, now);
  if (size == 0) {
    metrics_.CountDropped(Dropped::kRateLimit);
    return;
  }
  const absl::string_view answer(out, size);
  if (options_.log_queries) LogAnswer(client, answer, rcode);
  const bool truncated = (dns::GetU16(answer, dns::kFlagsOffset) & dns::kTc) != 0;
  metrics_.CountResponse(client, rcode, truncated, size, now - query.received);
  client.transport->Commit(client, size);
}

size_t ResponseSender::Limit(const QueryEcho& query, const Client& client, char* out, size_t size, uint16_t rcode,
                             base::MonotonicTime now) {
  const ResponseIdentity identity = ClassifyResponse(absl::string_view(out, size));
  const LimiterAction action = options_.limiter->Check(reinterpret_cast<const sockaddr*>(&client.peer), identity, now);
  if (action == LimiterAction::kSend) return size;
  if (options_.limiter->log_only()) {
    metrics_.rate_logged.Add();
    return size;
  }
  if (action == LimiterAction::kDrop) return 0;
  metrics_.rate_slipped.Add();
  // A bare error is as short as a truncated answer, and says more.
  const bool truncate = identity.response_class != ResponseClass::kError;
  return Shorten(query, rcode, truncate, options_.max_udp_size, out);
}

}  // namespace strata::frontend
