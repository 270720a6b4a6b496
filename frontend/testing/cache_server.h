// A gRPC server that keeps what exchange streams say, and replies as its test says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_CACHE_SERVER_H_
#define STRATA_FRONTEND_TESTING_CACHE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/grpc_server.h"
#include "base/stream_greeting.h"
#include "proto/cache/v1/cache.grpc.pb.h"

namespace strata::frontend::testing {

// Thread-safe.
class CacheServer : public cache::v1::CacheService::Service {
 public:
  // Says what to reply to a request, if anything: returns whether `*reply` is to be sent.
  using Replier = std::function<bool(const cache::v1::Request& request, cache::v1::Reply* reply)>;

  CacheServer(const std::string& address, Replier replier) : replier_(std::move(replier)) {
    base::GrpcServerOptions options;
    options.address = address;
    options.services = {this};
    auto server = base::GrpcServer::Start(options);
    if (server.ok()) server_ = *std::move(server);
  }
  ~CacheServer() override { server_.reset(); }
  bool ok() const { return server_ != nullptr; }

  std::vector<cache::v1::Request> requests() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
  }

  grpc::Status Exchange(grpc::ServerContext* context,
                        grpc::ServerReaderWriter<cache::v1::ReplyBatch, cache::v1::RequestBatch>* stream) override {
    base::AddStreamGreeting(context);
    stream->SendInitialMetadata();
    cache::v1::RequestBatch batch;
    while (stream->Read(&batch)) {
      cache::v1::ReplyBatch replies;
      for (const cache::v1::Request& request : batch.requests()) {
        const std::lock_guard<std::mutex> lock(mutex_);
        requests_.push_back(request);
        cache::v1::Reply reply;
        if (replier_(request, &reply)) *replies.add_replies() = reply;
      }
      if (!replies.replies().empty()) stream->Write(replies);
    }
    return grpc::Status::OK;
  }

 private:
  const Replier replier_;
  std::mutex mutex_;  // guards requests_
  std::vector<cache::v1::Request> requests_;
  std::unique_ptr<base::GrpcServer> server_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_CACHE_SERVER_H_
