// A completion queue of gRPC that its worker's own thread polls, together with the worker's sockets.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_COMPLETION_LOOP_H_
#define STRATA_FRONTEND_BACKENDS_COMPLETION_LOOP_H_

#include <grpcpp/grpcpp.h>

#include <functional>

#include "absl/time/time.h"
#include "base/event_loop.h"

namespace strata::frontend {

// One wait for both: the thread that reads a query also writes it to a backend's stream, reads the answer there and
// sends it, and nobody has to be woken in between. For that it hooks into how gRPC's "poll" engine waits
// (docs/decisions/0014-one-wait-for-sockets-and-grpc.md). The operations whose tags point to a Completion are reported
// on the thread that calls RunOnce(): one thread at a time.
class CompletionLoop {
 public:
  // A tag. It stays until its operation has completed. Returns whether there is something to do now, so that RunOnce()
  // must return.
  using Completion = std::function<bool(bool ok)>;

  // Ends the process where gRPC cannot be waited for in this way: it was used before with another engine, or is of
  // another version.
  CompletionLoop();
  // REQUIRES: no operation is under way.
  ~CompletionLoop();
  CompletionLoop(const CompletionLoop&) = delete;
  CompletionLoop& operator=(const CompletionLoop&) = delete;

  grpc::CompletionQueue* queue() { return &queue_; }

  // Waits for `timeout` at most until an operation completes or a source of `loop` is ready, and tells whom it
  // concerns. Also returns for no reason.
  void RunOnce(base::EventLoop* loop, absl::Duration timeout);

 private:
  // Before the queue, with which gRPC's use begins.
  struct Hook {
    Hook();
  };

  enum class Event { kNone, kNothingToDo, kSomethingToDo };

  // Reports one completion, if there is any.
  Event Next();

  const Hook hook_;
  grpc::CompletionQueue queue_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_COMPLETION_LOOP_H_
