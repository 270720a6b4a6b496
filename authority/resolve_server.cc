// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_server.h"

namespace strata::authority {
namespace {

void Run(grpc::ServerCompletionQueue* completions) {
  void* tag = nullptr;
  bool ok = false;
  while (completions->Next(&tag, &ok)) ResolveStream::Complete(tag, ok);
}

}  // namespace

void ResolveServer::AddTo(grpc::ServerBuilder* builder) {
  builder->RegisterService(&service_);
  for (int i = 0; i < workers_; ++i) completions_.push_back(builder->AddCompletionQueue());
}

void ResolveServer::Start() {
  for (const auto& completions : completions_) {
    queues_.push_back(
        std::unique_ptr<ResolveQueue>(new ResolveQueue{&service_, completions.get(), PublishedCatalog::View(catalog_),
                                                       std::make_unique<char[]>(65535), dns::LookupName()}));
    ResolveStream::Accept(queues_.back().get());
    threads_.emplace_back(Run, completions.get());
  }
}

void ResolveServer::Stop() {
  // gRPC ends the process when an operation begins on a queue that is shut down, and streams that the server has
  // cancelled still have their end to send.
  for (const auto& queue : queues_) {
    for (int streams = queue->streams; streams != 0; streams = queue->streams) queue->streams.wait(streams);
  }
  for (const auto& completions : completions_) completions->Shutdown();
  if (threads_.empty()) {
    for (const auto& completions : completions_) Run(completions.get());
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  completions_.clear();
}

}  // namespace strata::authority
