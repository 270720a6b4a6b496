// What a server of batches says first, so that its client knows that somebody is there.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_STREAM_GREETING_H_
#define STRATA_BASE_STREAM_GREETING_H_

#include <grpcpp/grpcpp.h>

namespace strata::base {

// A key of the call's initial metadata. gRPC reports metadata, empty ones, for a call that reached nobody, too: its
// connection was lost, or the server knows no such service.
inline constexpr char kStreamGreeting[] = "strata-stream";

// Before the server sends its metadata, at once and not with its first batch.
inline void AddStreamGreeting(grpc::ServerContext* context) { context->AddInitialMetadata(kStreamGreeting, "1"); }

// REQUIRES: the metadata have come.
inline bool HasStreamGreeting(const grpc::ClientContext& context) {
  return context.GetServerInitialMetadata().count(kStreamGreeting) > 0;
}

}  // namespace strata::base

#endif  // STRATA_BASE_STREAM_GREETING_H_
