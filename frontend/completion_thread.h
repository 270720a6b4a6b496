// A completion queue of gRPC and the thread that polls it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_COMPLETION_THREAD_H_
#define STRATA_FRONTEND_COMPLETION_THREAD_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace strata::frontend {

// The operations whose tags point to a Completion are reported to it, on this one thread.
class CompletionThread {
 public:
  // A tag. It stays until its operation has completed.
  using Completion = std::function<void(bool ok)>;

  CompletionThread() : thread_([this] { Run(); }) {}
  // Waits until every user is gone: gRPC aborts the process when an operation is started on a queue that was shut down.
  ~CompletionThread() {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      unused_.wait(lock, [this] { return users_ == 0; });
    }
    queue_.Shutdown();
    thread_.join();
  }

  grpc::CompletionQueue* queue() { return &queue_; }

  // Brackets the time in which somebody may start operations. Any thread.
  void AddUser() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++users_;
  }
  void RemoveUser() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --users_;
    unused_.notify_all();
  }

 private:
  void Run() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) (*static_cast<Completion*>(tag))(ok);
  }

  grpc::CompletionQueue queue_;
  std::mutex mutex_;  // guards users_
  std::condition_variable unused_;
  int users_ = 0;
  std::thread thread_;  // the last member: it uses the queue
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_COMPLETION_THREAD_H_
