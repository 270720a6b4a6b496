// One client's stream of queries, answered when the resolver has found the answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_RESOLVE_SESSION_H_
#define STRATA_RECURSOR_RESOLVE_SESSION_H_

#include "base/batch_stream_server.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"
#include "recursor/resolver.h"

namespace strata::recursor {

// ResolveService, for base/batch_stream.
struct ResolveTraits {
  using Service = resolve::v1::ResolveService::AsyncService;
  using RequestBatch = resolve::v1::QueryBatch;
  using Request = resolve::v1::Query;
  using ReplyBatch = resolve::v1::AnswerBatch;
  using Reply = resolve::v1::Answer;
  static const auto& Requests(const RequestBatch& batch) { return batch.queries(); }
  static auto* MutableReplies(ReplyBatch* batch) { return batch->mutable_answers(); }
  static constexpr auto kRequestCall = &Service::RequestResolve;
};

using ResolveServer = base::BatchStreamServer<ResolveTraits>;

// A resolver none of whose loops has been quiet for so long is slow at the worst; otherwise it hangs, and says so by
// saying nothing.
inline constexpr absl::Duration kMaxSilence = absl::Milliseconds(300);

// For ResolveServer: answers by `resolver`, which outlives the server. Each stream is a client of its own.
ResolveServer::WorkerFactory AnswerBy(Resolver* resolver);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_RESOLVE_SESSION_H_
