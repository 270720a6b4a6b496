// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/client_stream.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "base/stream_greeting.h"
#include "frontend/backends/backend_channel.h"

namespace strata::frontend {
namespace {

using base::Log;
using base::LogLevel;

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(20);
constexpr absl::Duration kMaxBackoff = absl::Seconds(1);
constexpr size_t kMaxKeptBytes = 1 << 20;
constexpr unsigned kReadsPerLook = 16;
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
  CompletionLoop::Completion* Begin(CompletionLoop::Completion* tag) {
    ++outstanding;
    return tag;
  }

  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<RequestBatch, ReplyBatch>> stream;
  grpc::Status status;
  int outstanding = 0;
  bool finishing = false;
  bool finished = false;
  CompletionLoop::Completion on_started, on_metadata, on_read, on_written, on_finished;

 private:
  void Bind(ClientStream* owner, Handler handler, CompletionLoop::Completion* tag) {
    *tag = [this, owner, handler, tag](bool ok) {
      --outstanding;
      (owner->*handler)(ok);
      if (finished && outstanding == 0) owner->OnEnded();
      // What was written concerns nobody else.
      return tag != &on_written;
    };
  }
};

template <typename Protocol>
ClientStream<Protocol>::ClientStream(const BackendTarget& target, int worker, CompletionLoop* completions,
                                     ClientStreamEvents<Protocol>* events)
    : target_(target.address),
      completions_(*completions),
      events_(*events),
      channel_(MakeBackendChannel(target, worker)),
      stub_(Protocol::Service::NewStub(channel_)),
      replies_(std::make_unique<ReplyBatch>()),
      backoff_(kFirstBackoff) {
  Open();
}

template <typename Protocol>
ClientStream<Protocol>::~ClientStream() = default;

template <typename Protocol>
void ClientStream<Protocol>::Open() {
  if (stopped_) {
    ended_ = true;
    return;
  }
  call_ = std::make_unique<Call>(this);
  call_->stream = Protocol::Prepare(stub_.get(), &call_->context, completions_.queue());
  call_->stream->StartCall(call_->Begin(&call_->on_started));
}

template <typename Protocol>
void ClientStream<Protocol>::OnStarted(bool ok) {
  if (!ok) return Finish();
  call_->stream->ReadInitialMetadata(call_->Begin(&call_->on_metadata));
}

template <typename Protocol>
void ClientStream<Protocol>::OnMetadata(bool ok) {
  if (!ok || stopped_ || !base::HasStreamGreeting(call_->context)) {
    // Somebody else may keep the call open.
    call_->context.TryCancel();
    return Finish();
  }
  backoff_ = kFirstBackoff;
  writable_ = true;
  awaiting_ = false;
  up_ = true;
  Read();
  Log(LogLevel::kInfo, "backend up", {{"target", target_}});
  events_.OnStreamUp();
}

template <typename Protocol>
void ClientStream<Protocol>::Read() {
  read_due_ = false;
  call_->stream->Read(replies_.get(), call_->Begin(&call_->on_read));
}

template <typename Protocol>
void ClientStream<Protocol>::OnRead(bool ok) {
  if (!ok) return Finish();
  awaiting_ = false;
  if (up_) events_.OnReplies(*replies_);
  // A batch keeps the memory of the largest answer that each of its places ever held. Adding that up is slow, and
  // memory grows slowly: a look now and then is enough.
  const bool look = ++reads_ % kReadsPerLook == 0;
  if (look && replies_->SpaceUsedLong() > kMaxKeptBytes) {
    replies_ = std::make_unique<ReplyBatch>();
  } else {
    replies_->Clear();
  }
  // For Flush() or OnTick(): whoever reads on before it has written makes gRPC tell the server about the window for
  // what it may send, in a message of its own that wakes the server up. A write takes that along.
  read_due_ = true;
}

template <typename Protocol>
void ClientStream<Protocol>::Finish() {
  if (call_->finishing) return;
  call_->finishing = true;
  writable_ = false;
  read_due_ = false;
  call_->stream->Finish(&call_->status, call_->Begin(&call_->on_finished));
}

template <typename Protocol>
void ClientStream<Protocol>::OnFinished(bool) {
  call_->finished = true;
}

template <typename Protocol>
void ClientStream<Protocol>::OnEnded() {
  queued_.Clear();
  writing_ = false;
  if (up_) {
    Log(LogLevel::kWarning, "backend down", {{"target", target_}});
    SetDown();
  }
  if (stopped_) {
    ended_ = true;
    return;
  }
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
void ClientStream<Protocol>::SetDown() {
  up_ = false;
  gathered_.Clear();
  gathered_bytes_ = 0;
  gathered_prompt_ = false;
  events_.OnStreamDown();
}

template <typename Protocol>
void ClientStream<Protocol>::OnWritten(bool ok) {
  writing_ = false;
  queued_.Pop();
  if (ok && writable_ && !queued_.empty()) WriteNext();
}

template <typename Protocol>
void ClientStream<Protocol>::WriteNext() {
  writing_ = true;
  queued_.SealFront();
  call_->stream->Write(queued_.Front(), call_->Begin(&call_->on_written));
  if (read_due_) Read();
}

template <typename Protocol>
typename Protocol::Request* ClientStream<Protocol>::Add(size_t bytes, bool prompt) {
  auto* requests = Protocol::Requests(&gathered_);
  if (requests->size() == kMaxBatchRequests || (gathered_bytes_ > 0 && gathered_bytes_ + bytes > kMaxBatchBytes)) {
    Send();
  }
  gathered_bytes_ += bytes;
  gathered_prompt_ = gathered_prompt_ || prompt;
  return requests->Add();
}

template <typename Protocol>
void ClientStream<Protocol>::Flush() {
  if (!awaiting_ && !Protocol::Requests(&gathered_)->empty()) Send();
  // The end of a call comes by its reads.
  if (read_due_ && (events_.owed() || !writable_)) Read();
}

template <typename Protocol>
void ClientStream<Protocol>::Send() {
  const size_t bytes = std::exchange(gathered_bytes_, 0);
  awaiting_ = std::exchange(gathered_prompt_, false) || awaiting_;
  if (writable_ && queued_.bytes() + bytes > kMaxOutboxBytes) {
    // Somebody who takes in so little is no help.
    writable_ = false;
    call_->context.TryCancel();
  }
  if (!writable_) {
    // The call has ended, and OnStreamDown() will say so: whoever added these asks elsewhere then.
    gathered_.Clear();
    return;
  }
  queued_.Add(&gathered_, bytes);
  if (!writing_) WriteNext();
}

template <typename Protocol>
void ClientStream<Protocol>::Break() {
  writable_ = false;
  if (call_ != nullptr) call_->context.TryCancel();
  // So that the end of the call is reported.
  if (read_due_) Read();
  if (!up_) return;
  Log(LogLevel::kWarning, "backend hangs", {{"target", target_}});
  SetDown();
}

template <typename Protocol>
void ClientStream<Protocol>::Stop() {
  stopped_ = true;
  up_ = false;
  writable_ = false;
  if (call_ != nullptr) call_->context.TryCancel();
  if (read_due_) Read();
  alarm_.Cancel();
}

template class ClientStream<ResolveProtocol>;
template class ClientStream<CacheProtocol>;

}  // namespace strata::frontend
