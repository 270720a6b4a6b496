// A completion queue of gRPC and the thread that polls it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_COMPLETION_THREAD_H_
#define STRATA_FRONTEND_BACKENDS_COMPLETION_THREAD_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <thread>

namespace strata::frontend {

// The operations whose tags point to a Completion are reported to it, on this one thread.
class CompletionThread {
 public:
  // A tag. It stays until its operation has completed.
  using Completion = std::function<void(bool ok)>;

  CompletionThread() : thread_([this] { Run(); }) {}
  // REQUIRES: no operation is under way whose completion starts another one. Ends once every operation has completed.
  ~CompletionThread() {
    queue_.Shutdown();
    thread_.join();
  }

  grpc::CompletionQueue* queue() { return &queue_; }

 private:
  void Run() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) (*static_cast<Completion*>(tag))(ok);
  }

  grpc::CompletionQueue queue_;
  std::thread thread_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_COMPLETION_THREAD_H_
