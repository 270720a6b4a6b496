// One client's bidirectional stream of batches, served on a completion queue.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_STREAM_H_
#define STRATA_BASE_BATCH_STREAM_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <utility>

#include "base/batch_outbox.h"
#include "base/batch_postbox.h"
#include "base/batch_queue.h"
#include "base/batch_session.h"
#include "base/stream_greeting.h"

namespace strata::base {

inline constexpr std::chrono::milliseconds kHeartbeatPeriod(100);

// A call, from waiting for a client to the end of its stream. It owns itself: Accept() makes one, which makes its own
// successor when a client comes, and deletes itself when the last of its operations has completed. Runs on the thread
// of its completion queue only.
template <typename Traits>
class BatchStream {
 public:
  // Waits for the next client. `queue` outlives the stream.
  static void Accept(BatchQueue<Traits>* queue) { new BatchStream(queue); }

 private:
  using Outbox = BatchOutbox<Traits>;

  explicit BatchStream(BatchQueue<Traits>* queue);
  ~BatchStream() { --queue_.streams; }

  template <void (BatchStream::*kDone)(bool ok)>
  static void Complete(void* stream, bool ok) {
    auto* const self = static_cast<BatchStream*>(stream);
    --self->outstanding_;
    (self->*kDone)(ok);
    if (self->outstanding_ == 0) self->Destroy();
  }

  void OnAccepted(bool ok);
  void OnDone(bool ok);
  void OnMetadataSent(bool ok);
  void OnRead(bool ok);
  void OnWritten(bool ok);
  void OnWoken(bool ok);
  void OnHeartbeat(bool ok);
  void OnFinished(bool) {}

  // Handles what was read, as long as the outbox takes replies, then reads on.
  void HandleRequests();
  void Read();
  void WriteOrFinish();
  void StartHeartbeat();
  void EndSession();
  void Destroy();

  int unhandled() const { return Traits::Requests(requests_).size() - next_request_; }

  BatchQueue<Traits>& queue_;
  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<typename Traits::ReplyBatch, typename Traits::RequestBatch> stream_;
  typename Traits::RequestBatch requests_;
  int next_request_ = 0;  // of requests_, to be handled
  std::shared_ptr<BatchPostbox<Traits>> postbox_;
  std::unique_ptr<BatchSession<Traits>> session_;  // nullptr before a client came, and when it ended
  Outbox outbox_;
  typename Outbox::Batch sending_;  // what is being written; no message: a heartbeat
  const typename Traits::ReplyBatch heartbeat_;
  grpc::Alarm heartbeat_alarm_;
  int outstanding_ = 0;  // operations that have not completed, but for wakes
  bool reading_ = false;
  bool writing_ = false;
  bool heartbeat_set_ = false;
  bool ended_ = false;   // no more requests will come
  bool broken_ = false;  // no more replies will get there
  bool finishing_ = false;
  StreamOperation accepted_{&Complete<&BatchStream::OnAccepted>, this};
  StreamOperation done_{&Complete<&BatchStream::OnDone>, this};
  StreamOperation metadata_sent_{&Complete<&BatchStream::OnMetadataSent>, this};
  StreamOperation read_{&Complete<&BatchStream::OnRead>, this};
  StreamOperation written_{&Complete<&BatchStream::OnWritten>, this};
  StreamOperation woken_{&Complete<&BatchStream::OnWoken>, this};
  StreamOperation heartbeat_due_{&Complete<&BatchStream::OnHeartbeat>, this};
  StreamOperation finished_{&Complete<&BatchStream::OnFinished>, this};
};

template <typename Traits>
BatchStream<Traits>::BatchStream(BatchQueue<Traits>* queue) : queue_(*queue), stream_(&context_) {
  ++queue_.streams;
  ++outstanding_;
  context_.AsyncNotifyWhenDone(&done_);
  (queue_.service->*Traits::kRequestCall)(&context_, &stream_, queue_.completions, queue_.completions, &accepted_);
}

template <typename Traits>
void BatchStream<Traits>::Destroy() {
  BatchQueue<Traits>& queue = queue_;
  delete this;
  queue.ShutdownIfUnused();
}

template <typename Traits>
void BatchStream<Traits>::OnAccepted(bool ok) {
  if (!ok) return;  // the server shuts down
  ++outstanding_;   // OnDone, which comes for calls that have begun
  Accept(&queue_);
  postbox_ = std::make_shared<BatchPostbox<Traits>>(queue_.completions, &woken_);
  session_ = queue_.open_session(postbox_);
  queue_.metrics->streams.Add(1);
  ++outstanding_;
  writing_ = true;
  AddStreamGreeting(&context_);
  stream_.SendInitialMetadata(&metadata_sent_);
}

template <typename Traits>
void BatchStream<Traits>::OnMetadataSent(bool ok) {
  writing_ = false;
  broken_ = broken_ || !ok;
  WriteOrFinish();
  if (!broken_) Read();
}

// The client is gone, or the server shuts down, or we have finished.
template <typename Traits>
void BatchStream<Traits>::OnDone(bool) {
  if (finishing_) return;
  broken_ = true;
  WriteOrFinish();
}

template <typename Traits>
void BatchStream<Traits>::Read() {
  ++outstanding_;
  reading_ = true;
  stream_.Read(&requests_, &read_);
}

template <typename Traits>
void BatchStream<Traits>::OnRead(bool ok) {
  reading_ = false;
  ended_ = !ok;
  if (ended_ || broken_) {
    WriteOrFinish();
    return;
  }
  next_request_ = 0;
  HandleRequests();
}

template <typename Traits>
void BatchStream<Traits>::HandleRequests() {
  postbox_->Collect(writing_, &outbox_);  // counts towards its fullness
  const auto began = std::chrono::steady_clock::now();
  const int first_request = next_request_;
  session_->Begin();
  const auto& requests = Traits::Requests(requests_);
  while (next_request_ < requests.size() && !outbox_.full()) session_->Handle(requests.Get(next_request_++), &outbox_);
  session_->Flush();
  queue_.metrics->CountBatch(next_request_ - first_request, unhandled() != 0, std::chrono::steady_clock::now() - began);
  // The write goes out before the read is asked for: a client with one request waits for nothing else.
  WriteOrFinish();
  if (unhandled() == 0 && !reading_ && !ended_ && !broken_) Read();
}

template <typename Traits>
void BatchStream<Traits>::WriteOrFinish() {
  if (broken_) EndSession();
  if (writing_ || finishing_) return;
  if (!broken_) {
    const bool owes = postbox_->Collect(/*busy=*/false, &outbox_);
    // From here on nobody can hold the end up by posting.
    if (ended_ && !owes) EndSession();
    if (!outbox_.empty()) {
      sending_ = outbox_.Take();
      ++outstanding_;
      writing_ = true;
      stream_.Write(*sending_.message, &written_);
    }
    if (owes) StartHeartbeat();
    if (writing_ || owes) return;
  }
  if ((ended_ || broken_) && !reading_) {
    EndSession();
    finishing_ = true;
    ++outstanding_;
    stream_.Finish(grpc::Status::OK, &finished_);
  }
}

template <typename Traits>
void BatchStream<Traits>::OnWritten(bool ok) {
  writing_ = false;
  broken_ = broken_ || !ok;
  if (sending_.message != nullptr) outbox_.Recycle(std::exchange(sending_, typename Outbox::Batch()));
  if (unhandled() != 0 && !reading_ && !ended_ && !broken_) {
    HandleRequests();
  } else {
    WriteOrFinish();
  }
}

template <typename Traits>
void BatchStream<Traits>::OnWoken(bool) {
  // A wake counts from EndSession() on.
  if (session_ != nullptr) ++outstanding_;
  postbox_->Woken();
  WriteOrFinish();
}

template <typename Traits>
void BatchStream<Traits>::StartHeartbeat() {
  if (heartbeat_set_) return;
  heartbeat_set_ = true;
  ++outstanding_;
  heartbeat_alarm_.Set(queue_.completions, std::chrono::system_clock::now() + kHeartbeatPeriod, &heartbeat_due_);
}

template <typename Traits>
void BatchStream<Traits>::OnHeartbeat(bool) {
  heartbeat_set_ = false;
  // What is being written says as much as a heartbeat.
  WriteOrFinish();
  if (session_ == nullptr || writing_ || !heartbeat_set_ || !session_->alive()) return;
  ++outstanding_;
  writing_ = true;
  stream_.Write(heartbeat_, &written_);
}

template <typename Traits>
void BatchStream<Traits>::EndSession() {
  if (session_ == nullptr) return;
  if (postbox_->Close()) ++outstanding_;
  session_ = nullptr;
  queue_.metrics->streams.Add(-1);
  if (heartbeat_set_) heartbeat_alarm_.Cancel();
}

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_STREAM_H_
