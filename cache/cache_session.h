// One client's stream of lookups and fills.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_SESSION_H_
#define STRATA_CACHE_CACHE_SESSION_H_

#include "base/batch_stream_server.h"
#include "base/metrics.h"
#include "cache/answer_cache.h"
#include "proto/cache/v1/cache.grpc.pb.h"

namespace strata::cache {

// CacheService, for base/batch_stream.
struct ExchangeTraits {
  using Service = v1::CacheService::AsyncService;
  using RequestBatch = v1::RequestBatch;
  using Request = v1::Request;
  using ReplyBatch = v1::ReplyBatch;
  using Reply = v1::Reply;
  static const auto& Requests(const RequestBatch& batch) { return batch.requests(); }
  static auto* MutableReplies(ReplyBatch* batch) { return batch->mutable_replies(); }
  static constexpr auto kRequestCall = &Service::RequestExchange;
};

using ExchangeServer = base::BatchStreamServer<ExchangeTraits>;

// For ExchangeServer: serves `cache`, which outlives the server. Each stream is a client of its own. What a stream gets
// wrong is REFUSED, with rcode FORMERR where it makes no sense, which `malformed` counts; it never costs the stream.
ExchangeServer::WorkerFactory ServeFrom(AnswerCache* cache, base::SharedCounter* malformed);

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_SESSION_H_
