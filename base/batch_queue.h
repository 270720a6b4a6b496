// A completion queue that serves streams of batches, and what its tags are.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_QUEUE_H_
#define STRATA_BASE_BATCH_QUEUE_H_

#include <grpcpp/grpcpp.h>

#include "base/batch_metrics.h"
#include "base/batch_session.h"

namespace strata::base {

// What the streams of one completion queue share. All of it is used by the queue's one thread only.
template <typename Traits>
struct BatchQueue {
  typename Traits::Service* service;
  grpc::ServerCompletionQueue* completions;
  SessionFactory<Traits> open_session;
  BatchMetrics* metrics;
  int streams = 0;
  bool stopping = false;

  // gRPC aborts the process when an operation is started on a queue that was shut down: the queue's own thread does it,
  // when the server is down for good and no stream is left.
  void ShutdownIfUnused() {
    if (stopping && streams == 0) completions->Shutdown();
  }
};

// A completion queue's tags point to these.
struct StreamOperation {
  void (*complete)(void* stream, bool ok);
  void* stream;
};

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_QUEUE_H_
