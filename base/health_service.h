// gRPC health: what load balancers, orchestrators and our frontends ask a server.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_HEALTH_SERVICE_H_
#define STRATA_BASE_HEALTH_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <mutex>

#include "proto/health/v1/health.grpc.pb.h"

namespace strata::base {

// Knows the server as a whole (the empty name). Of the synchronous kind, unlike gRPC's own: a server that has a
// callback service has threads of gRPC's that poll all of its connections, and every message on the hot path would wake
// them (docs/decisions/0004). Each watch holds a thread, which sleeps. Thread-safe; outlives the server that it is
// registered with.
class HealthService final : public grpc::health::v1::Health::Service {
 public:
  void SetServing(bool serving);
  // NOT_SERVING for good, and all watches are told so and end: a shutdown need not wait for the clients to leave.
  void Close();

  grpc::Status Check(grpc::ServerContext* context, const grpc::health::v1::HealthCheckRequest* request,
                     grpc::health::v1::HealthCheckResponse* response) override;
  grpc::Status Watch(grpc::ServerContext* context, const grpc::health::v1::HealthCheckRequest* request,
                     grpc::ServerWriter<grpc::health::v1::HealthCheckResponse>* stream) override;

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool serving_ = true;
  bool closed_ = false;
};

}  // namespace strata::base

#endif  // STRATA_BASE_HEALTH_SERVICE_H_
