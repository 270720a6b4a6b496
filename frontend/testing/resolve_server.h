// A gRPC server that answers resolve streams as its test says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_RESOLVE_SERVER_H_
#define STRATA_FRONTEND_TESTING_RESOLVE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/grpc_server.h"
#include "base/stream_greeting.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"

namespace strata::frontend::testing {

// Serves from its construction to its end, and may be started again on the same address. Thread-safe.
class ResolveServer : public resolve::v1::ResolveService::Service {
 public:
  explicit ResolveServer(const std::string& address) {
    base::GrpcServerOptions options;
    options.address = address;
    options.services = {this};
    auto server = base::GrpcServer::Start(options);
    if (server.ok()) server_ = *std::move(server);
  }
  ~ResolveServer() override {
    Hold(false);
    server_.reset();
  }
  bool ok() const { return server_ != nullptr; }

  // While held, queries are read and not answered.
  void Hold(bool held) {
    const std::lock_guard<std::mutex> lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }

  // The queries that have come, and in how many batches.
  std::vector<resolve::v1::Query> queries() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return queries_;
  }
  int batches() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return batches_;
  }

  grpc::Status Resolve(grpc::ServerContext* context,
                       grpc::ServerReaderWriter<resolve::v1::AnswerBatch, resolve::v1::QueryBatch>* stream) override {
    base::AddStreamGreeting(context);
    stream->SendInitialMetadata();
    resolve::v1::QueryBatch batch;
    while (stream->Read(&batch)) {
      if (!Take(batch, context)) break;
      resolve::v1::AnswerBatch answers;
      for (const resolve::v1::Query& query : batch.queries()) {
        resolve::v1::Answer* answer = answers.add_answers();
        answer->set_id(query.id());
        answer->set_wire("answer to " + query.name());
      }
      stream->Write(answers);
    }
    return grpc::Status::OK;
  }

 private:
  // Waits while held. False when the call was given up meanwhile.
  bool Take(const resolve::v1::QueryBatch& batch, grpc::ServerContext* context) {
    std::unique_lock<std::mutex> lock(mutex_);
    ++batches_;
    for (const resolve::v1::Query& query : batch.queries()) queries_.push_back(query);
    while (held_ && !context->IsCancelled()) changed_.wait_for(lock, std::chrono::milliseconds(10));
    return !context->IsCancelled();
  }

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool held_ = false;
  int batches_ = 0;
  std::vector<resolve::v1::Query> queries_;
  std::unique_ptr<base::GrpcServer> server_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_RESOLVE_SERVER_H_
