// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_server.h"

#include <grpcpp/alarm.h>

#include <memory>
#include <utility>

namespace strata::authority {
namespace {

// The tag that is the queue itself ends it. That comes as a completion and not from Stop()'s thread, because streams
// start operations on this one: none may fall between their asking and the queue's end.
void Run(ResolveQueue* queue) {
  void* tag = nullptr;
  bool ok = false;
  while (queue->completions->Next(&tag, &ok)) {
    if (tag == queue) {
      queue->stopping = true;
      queue->completions->Shutdown();
    } else {
      ResolveStream::Complete(tag, ok);
    }
  }
}

// Of a queue that nothing was started on.
void Discard(grpc::ServerCompletionQueue* completions) {
  completions->Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (completions->Next(&tag, &ok)) {
  }
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
                                                       std::make_unique<char[]>(65535), dns::LookupName(), false}));
    ResolveStream::Accept(queues_.back().get());
    threads_.emplace_back(Run, queues_.back().get());
  }
}

void ResolveServer::Stop() {
  if (threads_.empty()) {
    for (const auto& completions : completions_) Discard(completions.get());
  }
  std::vector<std::unique_ptr<grpc::Alarm>> alarms;
  for (const auto& queue : queues_) {
    alarms.push_back(std::make_unique<grpc::Alarm>());
    alarms.back()->Set(queue->completions, gpr_now(GPR_CLOCK_REALTIME), queue.get());
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  queues_.clear();
  completions_.clear();
}

}  // namespace strata::authority
