// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/health_watch.h"

#include <chrono>
#include <utility>

namespace strata::frontend {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr std::chrono::milliseconds kRetry(200);
// A server without a health service may be replaced by one that has it.
constexpr std::chrono::seconds kRetryUnimplemented(30);

}  // namespace

HealthWatch::HealthWatch(const std::shared_ptr<grpc::Channel>& channel, CompletionLoop* completions,
                         std::function<void(bool serving)> on_change)
    : completions_(*completions), on_change_(std::move(on_change)), stub_(grpc::health::v1::Health::NewStub(channel)) {
  Open();
}

void HealthWatch::Open() {
  if (stopped_) {
    ended_ = true;
    return;
  }
  call_ = std::make_unique<Call>();
  // While the backend is away the call waits for it.
  call_->context.set_wait_for_ready(true);
  call_->reader = stub_->PrepareAsyncWatch(&call_->context, HealthCheckRequest(), completions_.queue());
  call_->reader->StartCall(&on_started_);
}

void HealthWatch::ReadOrFinish(bool ok) {
  if (ok) {
    call_->reader->Read(&response_, &on_read_);
  } else {
    call_->reader->Finish(&status_, &on_finished_);
  }
}

bool HealthWatch::OnStarted(bool ok) {
  ReadOrFinish(ok);
  return false;
}

bool HealthWatch::OnRead(bool ok) {
  const bool told = ok && Tell(response_.status() != HealthCheckResponse::NOT_SERVING);
  ReadOrFinish(ok);
  return told;
}

bool HealthWatch::Tell(bool serving) {
  if (serving == serving_ || stopped_) return false;
  serving_ = serving;
  on_change_(serving);
  return true;
}

bool HealthWatch::OnFinished() {
  if (stopped_) {
    ended_ = true;
    return true;
  }
  const bool unimplemented = status_.error_code() == grpc::StatusCode::UNIMPLEMENTED;
  alarm_.Set(completions_.queue(), std::chrono::system_clock::now() + (unimplemented ? kRetryUnimplemented : kRetry),
             &on_alarm_);
  return unimplemented && Tell(true);
}

void HealthWatch::Stop() {
  stopped_ = true;
  call_->context.TryCancel();
  alarm_.Cancel();
}

}  // namespace strata::frontend
