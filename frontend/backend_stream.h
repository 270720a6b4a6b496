// A backend at the end of a gRPC stream: batches out, batches in (design: one stream a worker and backend).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKEND_STREAM_H_
#define STRATA_FRONTEND_BACKEND_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "frontend/answer_inbox.h"
#include "frontend/backend.h"
#include "frontend/completion_thread.h"
#include "frontend/query_batches.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::frontend {

// Keeps one call of ResolveService.Resolve open to its target, and opens a new one whenever it ends: the target may
// come and go. Queries are gathered while a write is under way and leave together when it is done: one at a time when
// idle, dozens under load.
//
// The worker's thread uses it as a Backend, and hands it the events that it posted to the inbox. The rest runs on the
// completion thread.
class BackendStream : public Backend {
 public:
  // `worker` tells the streams of one process apart: each has a connection of its own. All pointers outlive the
  // stream's last event.
  BackendStream(const std::string& target, int worker, CompletionThread* completions, AnswerInbox* inbox,
                BackendEvents* events);
  // REQUIRES: WaitUntilEnded() has returned and the completion thread has ended.
  ~BackendStream() override;

  bool up() const override { return up_; }
  void Submit(const BackendQuery& query) override;
  void Flush() override;
  void Break() override;

  // What the stream posted, on the worker's thread.
  void OnEvent(StreamEvent event);

  // Opens no more calls, and ends the one of now.
  void Stop();
  // Returns once the completion thread has nothing to do for this stream any more. REQUIRES: Stop() was called.
  void WaitUntilEnded();

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
  void WriteNext();  // REQUIRES: mutex_ is held
  void SetEnded();   // REQUIRES: mutex_ is held
  void Deliver(const resolve::v1::AnswerBatch& batch);
  void Recycle(std::unique_ptr<resolve::v1::AnswerBatch> batch);

  const std::string target_;
  CompletionThread& completions_;
  AnswerInbox& inbox_;
  BackendEvents& events_;
  std::unique_ptr<resolve::v1::ResolveService::Stub> stub_;

  // The worker's.
  bool up_ = false;
  uint64_t up_call_ = 0;
  resolve::v1::QueryBatch gathered_;

  // The completion thread's.
  std::unique_ptr<resolve::v1::AnswerBatch> reading_;
  absl::Duration backoff_;
  grpc::Alarm alarm_;
  CompletionThread::Completion on_alarm_{[this](bool ok) { OnAlarm(ok); }};

  std::mutex mutex_;  // guards what follows
  std::unique_ptr<Call> call_;
  uint64_t call_number_ = 0;
  bool writable_ = false;  // the call of now takes writes
  bool writing_ = false;
  bool stopped_ = false;
  bool ended_ = false;  // no operation is under way, and none will be
  std::condition_variable has_ended_;
  QueryBatches queued_;
  std::vector<std::unique_ptr<resolve::v1::AnswerBatch>> spare_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKEND_STREAM_H_
