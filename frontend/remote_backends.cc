// SPDX-License-Identifier: Apache-2.0
#include "frontend/remote_backends.h"

#include <utility>

namespace strata::frontend {

RemoteBackends::RemoteBackends(const std::vector<std::string>& authorities, int worker, base::EventLoop* loop,
                               BackendEvents* events)
    : inbox_(loop), completions_(std::make_unique<CompletionThread>()) {
  for (const std::string& target : authorities) {
    streams_.push_back(std::make_unique<BackendStream>(target, worker, completions_.get(), &inbox_, events));
  }
}

RemoteBackends::~RemoteBackends() {
  for (const auto& stream : streams_) stream->Stop();
  for (const auto& stream : streams_) stream->AwaitEnd();
  completions_.reset();
}

std::vector<Backend*> RemoteBackends::replicas() {
  std::vector<Backend*> replicas;
  for (const auto& stream : streams_) replicas.push_back(stream.get());
  return replicas;
}

void RemoteBackends::Poll() {
  inbox_.TakeAll(&events_);
  for (StreamEvent& event : events_) {
    BackendStream* stream = event.stream;
    stream->OnEvent(std::move(event));
  }
}

}  // namespace strata::frontend
