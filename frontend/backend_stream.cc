// SPDX-License-Identifier: Apache-2.0
#include "frontend/backend_stream.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "frontend/backend_channel.h"

namespace strata::frontend {
namespace {

using base::Log;
using base::LogLevel;
using resolve::v1::AnswerBatch;
using resolve::v1::QueryBatch;

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(20);
constexpr absl::Duration kMaxBackoff = absl::Seconds(1);
constexpr size_t kMaxSpare = 4;
constexpr size_t kMaxSpareBytes = 1 << 20;

// gRPC's alarms take a time of one of a few types.
std::chrono::system_clock::time_point FromNow(absl::Duration duration) {
  return std::chrono::system_clock::now() + absl::ToChronoMicroseconds(duration);
}

}  // namespace

// One call, with the tags of its operations. It is replaced when all of them have completed.
struct BackendStream::Call {
  using Handler = void (BackendStream::*)(bool ok);

  explicit Call(BackendStream* owner) {
    // While the target is away the call waits for it, and starts as soon as it is there.
    context.set_wait_for_ready(true);
    Bind(owner, &BackendStream::OnStarted, &on_started);
    Bind(owner, &BackendStream::OnMetadata, &on_metadata);
    Bind(owner, &BackendStream::OnRead, &on_read);
    Bind(owner, &BackendStream::OnWritten, &on_written);
    Bind(owner, &BackendStream::OnFinished, &on_finished);
  }

  // The tag for an operation that starts now.
  CompletionThread::Completion* Begin(CompletionThread::Completion* tag) {
    ++outstanding;
    return tag;
  }

  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<QueryBatch, AnswerBatch>> stream;
  grpc::Status status;
  std::atomic<int> outstanding{0};
  // The completion thread's.
  bool finishing = false;
  bool finished = false;
  CompletionThread::Completion on_started, on_metadata, on_read, on_written, on_finished;

 private:
  void Bind(BackendStream* owner, Handler handler, CompletionThread::Completion* tag) {
    *tag = [this, owner, handler](bool ok) {
      const int left = --outstanding;
      (owner->*handler)(ok);
      if (finished && left == 0) owner->OnEnded();
    };
  }
};

BackendStream::BackendStream(const std::string& target, int worker, CompletionThread* completions, AnswerInbox* inbox,
                             BackendEvents* events)
    : target_(target),
      completions_(*completions),
      inbox_(*inbox),
      events_(*events),
      stub_(resolve::v1::ResolveService::NewStub(MakeBackendChannel(target, worker))),
      backoff_(kFirstBackoff) {
  Open();
}

BackendStream::~BackendStream() = default;

void BackendStream::Open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stopped_) return SetEnded();
  ++call_number_;
  call_ = std::make_unique<Call>(this);
  // Prepared first: the completion thread may see the call start before StartCall() returns here.
  call_->stream = stub_->PrepareAsyncResolve(&call_->context, completions_.queue());
  call_->stream->StartCall(call_->Begin(&call_->on_started));
}

void BackendStream::OnStarted(bool ok) {
  if (!ok) return Finish();
  call_->stream->ReadInitialMetadata(call_->Begin(&call_->on_metadata));
}

// The server sends its metadata at once, so somebody is there.
void BackendStream::OnMetadata(bool ok) {
  if (!ok) return Finish();
  backoff_ = kFirstBackoff;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = !stopped_;
  }
  inbox_.Post({this, StreamEvent::Kind::kUp, call_number_, nullptr});
  Read();
}

void BackendStream::Read() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!spare_.empty()) {
      reading_ = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  if (reading_ == nullptr) reading_ = std::make_unique<AnswerBatch>();
  call_->stream->Read(reading_.get(), call_->Begin(&call_->on_read));
}

void BackendStream::OnRead(bool ok) {
  if (!ok) return Finish();
  inbox_.Post({this, StreamEvent::Kind::kAnswers, call_number_, std::move(reading_)});
  Read();
}

void BackendStream::Finish() {
  if (call_->finishing) return;
  call_->finishing = true;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = false;
  }
  call_->stream->Finish(&call_->status, call_->Begin(&call_->on_finished));
}

void BackendStream::OnFinished(bool) { call_->finished = true; }

void BackendStream::OnEnded() {
  inbox_.Post({this, StreamEvent::Kind::kDown, call_number_, nullptr});
  const std::lock_guard<std::mutex> lock(mutex_);
  queued_.Clear();
  writing_ = false;
  if (stopped_) return SetEnded();
  alarm_.Set(completions_.queue(), FromNow(backoff_), &on_alarm_);
  backoff_ = std::min(backoff_ * 2, kMaxBackoff);
}

void BackendStream::SetEnded() {
  ended_ = true;
  has_ended_.notify_all();
}

void BackendStream::WaitUntilEnded() {
  std::unique_lock<std::mutex> lock(mutex_);
  has_ended_.wait(lock, [this] { return ended_; });
}

void BackendStream::OnAlarm(bool) { Open(); }

void BackendStream::OnWritten(bool ok) {
  const std::lock_guard<std::mutex> lock(mutex_);
  writing_ = false;
  queued_.Pop();
  if (ok && writable_ && !queued_.empty()) WriteNext();
}

void BackendStream::WriteNext() {
  writing_ = true;
  queued_.SealFront();
  call_->stream->Write(queued_.Front(), call_->Begin(&call_->on_written));
}

void BackendStream::Submit(const BackendQuery& question) {
  resolve::v1::Query* query = gathered_.add_queries();
  query->set_id(question.id);
  const absl::string_view name = question.name->wire();
  query->set_name(name.data(), name.size());
  query->set_type(question.type);
  query->set_rr_class(question.rr_class);
  query->set_recursion_desired(question.recursion_desired);
  query->set_dnssec_ok(question.dnssec_ok);
  query->set_checking_disabled(question.checking_disabled);
  query->set_max_size(question.max_size);
  query->set_deadline_ms(static_cast<uint32_t>(absl::ToInt64Milliseconds(question.time_left)));
  query->set_minimal_any(question.minimal_any);
  if (gathered_.queries_size() == QueryBatches::kMaxQueries) Flush();
}

void BackendStream::Flush() {
  if (gathered_.queries_size() == 0) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!writable_) {
    // The call has ended, and OnDown() will say so: whoever submitted these asks elsewhere then.
    gathered_.Clear();
    return;
  }
  queued_.Add(&gathered_);
  if (!writing_) WriteNext();
}

void BackendStream::Break() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    writable_ = false;
    if (call_ != nullptr) call_->context.TryCancel();
  }
  gathered_.Clear();
  if (!up_) return;
  up_ = false;
  Log(LogLevel::kWarning, "backend hangs", {{"target", target_}});
  events_.OnDown(this);
}

void BackendStream::OnEvent(StreamEvent event) {
  switch (event.kind) {
    case StreamEvent::Kind::kUp:
      up_ = true;
      up_call_ = event.call;
      Log(LogLevel::kInfo, "backend up", {{"target", target_}});
      events_.OnUp(this);
      return;
    case StreamEvent::Kind::kDown:
      if (!up_ || up_call_ != event.call) return;
      up_ = false;
      gathered_.Clear();
      Log(LogLevel::kWarning, "backend down", {{"target", target_}});
      events_.OnDown(this);
      return;
    case StreamEvent::Kind::kAnswers:
      Deliver(*event.answers);
      Recycle(std::move(event.answers));
      return;
  }
}

void BackendStream::Deliver(const AnswerBatch& batch) {
  BackendAnswer answer;
  for (const resolve::v1::Answer& from : batch.answers()) {
    answer.id = from.id();
    answer.wire = absl::string_view(from.wire().data(), from.wire().size());
    answer.rcode = static_cast<uint16_t>(from.rcode());
    answer.has_extended_error = from.has_extended_error();
    if (answer.has_extended_error) {
      answer.extended_error = static_cast<uint16_t>(from.extended_error().info_code());
      const std::string& text = from.extended_error().extra_text();
      answer.extended_error_text = absl::string_view(text.data(), text.size());
    }
    events_.OnAnswer(this, answer);
  }
}

void BackendStream::Recycle(std::unique_ptr<AnswerBatch> batch) {
  // A batch keeps the memory of the largest answer that each of its places ever held.
  if (batch->SpaceUsedLong() > kMaxSpareBytes) return;
  batch->Clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (spare_.size() < kMaxSpare) spare_.push_back(std::move(batch));
}

void BackendStream::Stop() {
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
  writable_ = false;
  if (call_ != nullptr) call_->context.TryCancel();
  alarm_.Cancel();
}

}  // namespace strata::frontend
