// A stream of batches to a backend, which is opened again whenever it ends (design: one stream a worker and backend).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_
#define STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "base/log_limiter.h"
#include "frontend/backends/backend_target.h"
#include "frontend/backends/completion_loop.h"
#include "frontend/backends/request_batches.h"
#include "frontend/backends/stream_protocols.h"

namespace strata::frontend {

// What the worker makes of its stream.
template <typename Protocol>
class ClientStreamEvents {
 public:
  virtual ~ClientStreamEvents() = default;
  virtual void OnStreamUp() = 0;
  // What was added before and has no reply will have none.
  virtual void OnStreamDown() = 0;
  virtual void OnReplies(const typename Protocol::ReplyBatch& batch) = 0;
  // Replies are to come.
  virtual bool owed() const = 0;
};

// Keeps one call of the service's stream open to its target: the target may come and go. Requests are gathered while
// the server works on those that went before, and leave together when it has said something: one at a time when idle,
// dozens under load. `Protocol` is one of stream_protocols.h. Used by one thread at a time, the one that runs its
// CompletionLoop.
template <typename Protocol>
class ClientStream {
 public:
  using Request = typename Protocol::Request;
  using RequestBatch = typename Protocol::RequestBatch;
  using ReplyBatch = typename Protocol::ReplyBatch;

  // `worker` tells the streams of one process apart: each has a connection of its own. All pointers outlive the
  // stream's last event.
  ClientStream(const BackendTarget& target, int worker, CompletionLoop* completions,
               ClientStreamEvents<Protocol>* events);
  // REQUIRES: ended().
  ~ClientStream();

  bool up() const { return up_; }
  const std::string& target() const { return target_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // The request to fill in next: one of about `bytes` octets. `prompt`: it is replied to at once, so those after it may
  // wait for that. Good until the next call.
  Request* Add(size_t bytes, bool prompt);
  // To be called at the end of each turn of the loop, whether or not something was added.
  void Flush();
  // To be called every now and then while wants_tick(): an end of the call is to be noticed even while nobody asks.
  bool wants_tick() const { return read_due_; }
  void OnTick() {
    if (read_due_) Read();
  }
  // Gives the call up because it hangs: OnStreamDown() is called before this returns, and OnStreamUp() when a new one
  // stands.
  void Break();

  // Opens no more calls, and ends the one of now; there are no more events.
  void Stop();
  // Nothing of this stream is under way, nor will be.
  bool ended() const { return ended_; }

 private:
  struct Call;

  void Open();
  void OnStarted(bool ok);
  void OnMetadata(bool ok);
  void OnRead(bool ok);
  void OnWritten(bool ok);
  void OnFinished(bool ok);
  void OnAlarm(bool ok);
  void Read();
  void Finish();
  void OnEnded();
  void SetDown();
  void Send();
  void WriteNext();

  const std::string target_;
  CompletionLoop& completions_;
  ClientStreamEvents<Protocol>& events_;
  const std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<typename Protocol::Service::Stub> stub_;

  std::unique_ptr<Call> call_;
  bool up_ = false;
  bool writable_ = false;  // the call of now takes writes
  bool writing_ = false;
  bool gathered_prompt_ = false;
  bool awaiting_ = false;  // a prompt reply to what was written
  bool read_due_ = false;  // nothing is being read, though it could
  bool stopped_ = false;
  bool ended_ = false;  // after stopped_
  RequestBatch gathered_;
  size_t gathered_bytes_ = 0;
  RequestBatches<Protocol> queued_;
  std::unique_ptr<ReplyBatch> replies_;  // being read, or handed out
  unsigned reads_ = 0;

  absl::Duration backoff_;
  base::LogLimiter end_log_{3, absl::Seconds(10)};
  grpc::Alarm alarm_;
  CompletionLoop::Completion on_alarm_{[this](bool ok) {
    OnAlarm(ok);
    return true;
  }};
};

extern template class ClientStream<ResolveProtocol>;
extern template class ClientStream<CacheProtocol>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_
