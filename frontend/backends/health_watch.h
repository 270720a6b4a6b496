// Whether a backend says that it serves, by gRPC's health service.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_HEALTH_WATCH_H_
#define STRATA_FRONTEND_BACKENDS_HEALTH_WATCH_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>

#include "frontend/backends/completion_loop.h"
#include "proto/health/v1/health.grpc.pb.h"

namespace strata::frontend {

// Keeps one Watch call open on a channel that a stream uses already, so that it costs no connection. A backend is taken
// for serving until it says otherwise, and its last word stands until it, or who comes in its place, says another:
// whether it is there at all is for its stream to say. One without a health service serves. Used by the thread that
// runs its CompletionLoop.
class HealthWatch {
 public:
  // `completions` outlives the watch.
  HealthWatch(const std::shared_ptr<grpc::Channel>& channel, CompletionLoop* completions,
              std::function<void(bool serving)> on_change);
  // REQUIRES: ended().
  ~HealthWatch() = default;

  // Ends the call of now, and opens no more.
  void Stop();
  // Nothing of this watch is under way, nor will be.
  bool ended() const { return ended_; }

 private:
  // The reader lives in its call's memory, which ends with the context: this order is needed.
  struct Call {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientAsyncReader<grpc::health::v1::HealthCheckResponse>> reader;
  };

  void Open();
  // These are told of one operation at a time, and start the next.
  bool OnStarted(bool ok);
  bool OnRead(bool ok);
  bool OnFinished();
  void ReadOrFinish(bool ok);
  bool Tell(bool serving);

  CompletionLoop& completions_;
  const std::function<void(bool serving)> on_change_;
  const std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  std::unique_ptr<Call> call_;
  grpc::health::v1::HealthCheckResponse response_;
  grpc::Status status_;
  bool serving_ = true;
  bool stopped_ = false;
  bool ended_ = false;  // after stopped_
  grpc::Alarm alarm_;
  CompletionLoop::Completion on_started_{[this](bool ok) { return OnStarted(ok); }};
  CompletionLoop::Completion on_read_{[this](bool ok) { return OnRead(ok); }};
  CompletionLoop::Completion on_finished_{[this](bool) { return OnFinished(); }};
  CompletionLoop::Completion on_alarm_{[this](bool) {
    Open();
    return false;
  }};
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_HEALTH_WATCH_H_
