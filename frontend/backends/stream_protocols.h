// The services that the frontend keeps streams to, as ClientStream takes them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_STREAM_PROTOCOLS_H_
#define STRATA_FRONTEND_BACKENDS_STREAM_PROTOCOLS_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "proto/cache/v1/cache.grpc.pb.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::frontend {

// Authority and recursor.
struct ResolveProtocol {
  using Service = resolve::v1::ResolveService;
  using Request = resolve::v1::Query;
  using RequestBatch = resolve::v1::QueryBatch;
  using ReplyBatch = resolve::v1::AnswerBatch;

  static auto* Requests(RequestBatch* batch) { return batch->mutable_queries(); }
  static auto Prepare(Service::Stub* stub, grpc::ClientContext* context, grpc::CompletionQueue* queue) {
    return stub->PrepareAsyncResolve(context, queue);
  }
};

struct CacheProtocol {
  using Service = cache::v1::CacheService;
  using Request = cache::v1::Request;
  using RequestBatch = cache::v1::RequestBatch;
  using ReplyBatch = cache::v1::ReplyBatch;

  static auto* Requests(RequestBatch* batch) { return batch->mutable_requests(); }
  static auto Prepare(Service::Stub* stub, grpc::ClientContext* context, grpc::CompletionQueue* queue) {
    return stub->PrepareAsyncExchange(context, queue);
  }
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_STREAM_PROTOCOLS_H_
