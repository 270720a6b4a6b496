// A stream of batches to a backend, which is opened again whenever it ends (design: one stream a worker and backend).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_
#define STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/log_limiter.h"
#include "frontend/backends/completion_thread.h"
#include "frontend/backends/request_batches.h"
#include "frontend/backends/stream_inbox.h"
#include "frontend/backends/stream_protocols.h"

namespace strata::frontend {

// What the worker makes of its stream. Called on its thread.
template <typename Protocol>
class ClientStreamEvents {
 public:
  virtual ~ClientStreamEvents() = default;
  virtual void OnStreamUp() = 0;
  // What was added before and has no reply will have none.
  virtual void OnStreamDown() = 0;
  virtual void OnReplies(const typename Protocol::ReplyBatch& batch) = 0;
};

// Keeps one call of the service's stream open to its target: the target may come and go. Requests are gathered while a
// write is under way and leave together when it is done: one at a time when idle, dozens under load.
//
// The worker's thread uses it, and hands it the events that it posted to the inbox. The rest runs on the completion
// thread. `Protocol` is one of stream_protocols.h.
template <typename Protocol>
class ClientStream : public StreamReceiver {
 public:
  using Request = typename Protocol::Request;
  using RequestBatch = typename Protocol::RequestBatch;
  using ReplyBatch = typename Protocol::ReplyBatch;

  // `worker` tells the streams of one process apart: each has a connection of its own. All pointers outlive the
  // stream's last event.
  ClientStream(const std::string& target, int worker, CompletionThread* completions, StreamInbox* inbox,
               ClientStreamEvents<Protocol>* events);
  // REQUIRES: Stop() and AwaitEnd() were called and the completion thread has ended.
  ~ClientStream() override;

  bool up() const { return up_; }
  const std::string& target() const { return target_; }
  // The request to fill in next: one of about `bytes` octets, which leaves with Flush() at the latest. Good until the
  // next call.
  Request* Add(size_t bytes);
  void Flush();
  // Gives the call up because it hangs: OnStreamDown() is called before this returns, and OnStreamUp() when a new one
  // stands.
  void Break();

  void OnEvent(StreamEvent event) override;

  // Opens no more calls, and ends the one of now.
  void Stop();
  // After Stop(): returns when nothing of this stream is under way and nothing more will be. Until then the completion
  // thread must not be ended: the end of a call takes operations of its own, and gRPC aborts the process for one that
  // starts on a queue that is shut down.
  void AwaitEnd();

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
  void SetEnded();   // REQUIRES: mutex_ is held
  void WriteNext();  // REQUIRES: mutex_ is held
  void Recycle(std::unique_ptr<google::protobuf::Message> batch);

  const std::string target_;
  CompletionThread& completions_;
  StreamInbox& inbox_;
  ClientStreamEvents<Protocol>& events_;
  std::unique_ptr<typename Protocol::Service::Stub> stub_;

  // The worker's.
  bool up_ = false;
  uint64_t up_call_ = 0;
  RequestBatch gathered_;
  size_t gathered_bytes_ = 0;
  unsigned recycled_ = 0;

  // The completion thread's.
  std::unique_ptr<google::protobuf::Message> reading_;
  absl::Duration backoff_;
  base::LogLimiter end_log_{3, absl::Seconds(10)};
  grpc::Alarm alarm_;
  CompletionThread::Completion on_alarm_{[this](bool ok) { OnAlarm(ok); }};

  std::mutex mutex_;  // guards what follows
  std::unique_ptr<Call> call_;
  uint64_t call_number_ = 0;
  bool writable_ = false;  // the call of now takes writes
  bool writing_ = false;
  bool stopped_ = false;
  bool ended_ = false;  // after stopped_
  std::condition_variable on_ended_;
  RequestBatches<Protocol> queued_;
  std::vector<std::unique_ptr<google::protobuf::Message>> spare_;
};

extern template class ClientStream<ResolveProtocol>;
extern template class ClientStream<CacheProtocol>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_CLIENT_STREAM_H_
