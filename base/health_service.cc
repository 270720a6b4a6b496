// SPDX-License-Identifier: Apache-2.0
#include "base/health_service.h"

#include <chrono>

namespace strata::base {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// How soon it is noticed that a watching client is gone.
constexpr std::chrono::seconds kLookForClient(1);

HealthCheckResponse::ServingStatus StatusOf(bool serving) {
  return serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

}  // namespace

void HealthService::SetServing(bool serving) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    serving_ = serving && !closed_;
  }
  changed_.notify_all();
}

void HealthService::Close() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    serving_ = false;
    closed_ = true;
  }
  changed_.notify_all();
}

grpc::Status HealthService::Check(grpc::ServerContext*, const HealthCheckRequest* request,
                                  HealthCheckResponse* response) {
  if (!request->service().empty()) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "only the server as a whole (the empty name) has a status here");
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  response->set_status(StatusOf(serving_));
  return grpc::Status::OK;
}

grpc::Status HealthService::Watch(grpc::ServerContext* context, const HealthCheckRequest* request,
                                  grpc::ServerWriter<HealthCheckResponse>* stream) {
  const bool known = request->service().empty();
  HealthCheckResponse told;
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    const auto status = known ? StatusOf(serving_) : HealthCheckResponse::SERVICE_UNKNOWN;
    if (told.status() != status) {
      told.set_status(status);
      lock.unlock();
      const bool sent = stream->Write(told);
      lock.lock();
      if (!sent) return grpc::Status::CANCELLED;
      continue;
    }
    if (closed_) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is shutting down");
    if (context->IsCancelled()) return grpc::Status::CANCELLED;
    changed_.wait_for(lock, kLookForClient);
  }
}

}  // namespace strata::base
