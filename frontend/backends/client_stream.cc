// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/client_stream.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "frontend/backends/backend_channel.h"

namespace strata::frontend {
namespace {

using base::Log;
using base::LogLevel;

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(20);
constexpr absl::Duration kMaxBackoff = absl::Seconds(1);
constexpr size_t kMaxSpare = 4;
constexpr size_t kMaxSpareBytes = 1 << 20;
constexpr unsigned kRecyclesPerLook = 16;
constexpr size_t kMaxOutboxBytes = 8 << 20;

// gRPC's alarms take a time of one of a few types.
std::chrono::system_clock::time_point FromNow(absl::Duration duration) {
  return std::chrono::system_clock::now() + absl::ToChronoMicroseconds(duration);
}

}  // namespace

// One call, with the tags of its operations. It is replaced when all of them have completed.
template <typename Protocol>
struct ClientStream<Protocol>::Call {
  using Handler = void (ClientStream::*)(bool ok);

  explicit Call(ClientStream* owner) {
    // While the target is away the call waits for it, and starts as soon as it is there.
    context.set_wait_for_ready(true);
    Bind(owner, &ClientStream::OnStarted, &on_started);
    Bind(owner, &ClientStream::OnMetadata, &on_metadata);
    Bind(owner, &ClientStream::OnRead, &on_read);
    Bind(owner, &ClientStream::OnWritten, &on_written);
    Bind(owner, &ClientStream::OnFinished, &on_finished);
  }

  // The tag for an operation that starts now.
  CompletionThread::Completion* Begin(CompletionThread::Completion* tag) {
    ++outstanding;
    return tag;
  }

  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<RequestBatch, ReplyBatch>> stream;
  grpc::Status status;
  std::atomic<int> outstanding{0};
  // The completion thread's.
  bool finishing = false;
  bool finished = false;
  CompletionThread::Completion on_started, on_metadata, on_read, on_written, on_finished;

 private:
  void Bind(ClientStream* owner, Handler handler, CompletionThread::Completion* tag) {
    *tag = [this, owner, handler](bool ok) {
      const int left = --outstanding;
      (owner->*handler)(ok);
      if (finished && left == 0) owner->OnEnded();
    };
  }
};

template <typename Protocol>
ClientStream<Protocol>::ClientStream(const std::string& target, int worker, CompletionThread* completions,
                                     StreamInbox* inbox, ClientStreamEvents<Protocol>* events)
    : target_(target),
      completions_(*completions),
      inbox_(*inbox),
      events_(*events),
      stub_(Protocol::Service::NewStub(MakeBackendChannel(target, worker))),
      backoff_(kFirstBackoff) {
  Open();
}

template <typename Protocol>
ClientStream<Protocol>::~ClientStream() = default;

template <typename Protocol>
void ClientStream<Protocol>::Open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stopped_) return SetEnded();
  ++call_number_;
  call_ = std::make_unique<Call>(this);
  // Prepared first: the completion thread may see the call start before StartCall() returns here.
  call_->stream = Protocol::Prepare(stub_.get(), &call_->context, completions_.queue());
  call_->stream->StartCall(call_->Begin(&call_->on_started));
}

template <typename Protocol>
void ClientStream<Protocol>::OnStarted(bool ok) {
  if (!ok) return Finish();
  call_->stream->ReadInitialMetadata(call_->Begin(&call_->on_metadata));
}

// The server sends its metadata at once, so somebody is there.
template <typename Protocol>
void ClientStream<Protocol>::OnMetadata(bool ok) {
  if (!ok) return Finish();
  backoff_ = kFirstBackoff;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = !stopped_;
  }
  inbox_.Post({this, StreamEvent::Kind::kUp, call_number_, nullptr});
  Read();
}

template <typename Protocol>
void ClientStream<Protocol>::Read() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!spare_.empty()) {
      reading_ = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  if (reading_ == nullptr) reading_ = std::make_unique<ReplyBatch>();
  call_->stream->Read(static_cast<ReplyBatch*>(reading_.get()), call_->Begin(&call_->on_read));
}

template <typename Protocol>
void ClientStream<Protocol>::OnRead(bool ok) {
  if (!ok) return Finish();
  inbox_.Post({this, StreamEvent::Kind::kBatch, call_number_, std::move(reading_)});
  Read();
}

template <typename Protocol>
void ClientStream<Protocol>::Finish() {
  if (call_->finishing) return;
  call_->finishing = true;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = false;
  }
  call_->stream->Finish(&call_->status, call_->Begin(&call_->on_finished));
}

template <typename Protocol>
void ClientStream<Protocol>::OnFinished(bool) {
  call_->finished = true;
}

template <typename Protocol>
void ClientStream<Protocol>::OnEnded() {
  inbox_.Post({this, StreamEvent::Kind::kDown, call_number_, nullptr});
  const std::lock_guard<std::mutex> lock(mutex_);
  queued_.Clear();
  writing_ = false;
  if (stopped_) return SetEnded();
  // A target that is no Strata service refuses every call, for as long as it is asked.
  end_log_.Log(std::chrono::steady_clock::now(), LogLevel::kWarning, "backend stream ended",
               {{"target", target_}, {"reason", call_->status.error_message()}});
  alarm_.Set(completions_.queue(), FromNow(backoff_), &on_alarm_);
  backoff_ = std::min(backoff_ * 2, kMaxBackoff);
}

template <typename Protocol>
void ClientStream<Protocol>::OnAlarm(bool) {
  Open();
}

template <typename Protocol>
void ClientStream<Protocol>::OnWritten(bool ok) {
  const std::lock_guard<std::mutex> lock(mutex_);
  writing_ = false;
  queued_.Pop();
  if (ok && writable_ && !queued_.empty()) WriteNext();
}

template <typename Protocol>
void ClientStream<Protocol>::WriteNext() {
  writing_ = true;
  queued_.SealFront();
  call_->stream->Write(queued_.Front(), call_->Begin(&call_->on_written));
}

template <typename Protocol>
typename Protocol::Request* ClientStream<Protocol>::Add(size_t bytes) {
  auto* requests = Protocol::Requests(&gathered_);
  if (requests->size() == kMaxBatchRequests || (gathered_bytes_ > 0 && gathered_bytes_ + bytes > kMaxBatchBytes)) {
    Flush();
  }
  gathered_bytes_ += bytes;
  return requests->Add();
}

template <typename Protocol>
void ClientStream<Protocol>::Flush() {
  if (Protocol::Requests(&gathered_)->empty()) return;
  const size_t bytes = std::exchange(gathered_bytes_, 0);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!writable_) {
    // The call has ended, and OnStreamDown() will say so: whoever added these asks elsewhere then.
    gathered_.Clear();
    return;
  }
  if (queued_.bytes() + bytes > kMaxOutboxBytes) {
    // Somebody who takes in so little is no help.
    writable_ = false;
    call_->context.TryCancel();
    gathered_.Clear();
    return;
  }
  queued_.Add(&gathered_, bytes);
  if (!writing_) WriteNext();
}

template <typename Protocol>
void ClientStream<Protocol>::Break() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = false;
    if (call_ != nullptr) call_->context.TryCancel();
  }
  gathered_.Clear();
  gathered_bytes_ = 0;
  if (!up_) return;
  up_ = false;
  Log(LogLevel::kWarning, "backend hangs", {{"target", target_}});
  events_.OnStreamDown();
}

template <typename Protocol>
void ClientStream<Protocol>::OnEvent(StreamEvent event) {
  switch (event.kind) {
    case StreamEvent::Kind::kUp:
      up_ = true;
      up_call_ = event.call;
      Log(LogLevel::kInfo, "backend up", {{"target", target_}});
      events_.OnStreamUp();
      return;
    case StreamEvent::Kind::kDown:
      if (!up_ || up_call_ != event.call) return;
      up_ = false;
      gathered_.Clear();
      gathered_bytes_ = 0;
      Log(LogLevel::kWarning, "backend down", {{"target", target_}});
      events_.OnStreamDown();
      return;
    case StreamEvent::Kind::kBatch:
      events_.OnReplies(static_cast<const ReplyBatch&>(*event.batch));
      Recycle(std::move(event.batch));
      return;
  }
}

template <typename Protocol>
void ClientStream<Protocol>::Recycle(std::unique_ptr<google::protobuf::Message> batch) {
  // A batch keeps the memory of the largest answer that each of its places ever held.
  // Adding that up is slow, and memory grows slowly: a look now and then is enough.
  const bool look = ++recycled_ % kRecyclesPerLook == 0;
  if (look && static_cast<ReplyBatch*>(batch.get())->SpaceUsedLong() > kMaxSpareBytes) return;
  batch->Clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (spare_.size() < kMaxSpare) spare_.push_back(std::move(batch));
}

template <typename Protocol>
void ClientStream<Protocol>::Stop() {
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
  writable_ = false;
  if (call_ != nullptr) call_->context.TryCancel();
  alarm_.Cancel();
}

template <typename Protocol>
void ClientStream<Protocol>::SetEnded() {
  ended_ = true;
  on_ended_.notify_all();
}

template <typename Protocol>
void ClientStream<Protocol>::AwaitEnd() {
  std::unique_lock<std::mutex> lock(mutex_);
  on_ended_.wait(lock, [this] { return ended_; });
}

template class ClientStream<ResolveProtocol>;
template class ClientStream<CacheProtocol>;

}  // namespace strata::frontend
