// One client's stream of queries, answered where they arrive.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_RESOLVE_SESSION_H_
#define STRATA_AUTHORITY_RESOLVE_SESSION_H_

#include "authority/authority_metrics.h"
#include "authority/zone_catalog.h"
#include "base/batch_stream_server.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::authority {

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

// For ResolveServer: answers from what is published in `catalog`, and counts in `metrics`; both outlive the server. A
// new catalog takes effect at the next batch.
ResolveServer::WorkerFactory AnswerFrom(const PublishedCatalog& catalog, AuthorityMetrics* metrics);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_RESOLVE_SESSION_H_
