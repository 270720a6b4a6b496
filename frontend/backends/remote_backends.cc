// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/remote_backends.h"

#include <utility>

namespace strata::frontend {

RemoteBackends::RemoteBackends(const RemoteAddresses& addresses, int worker, base::EventLoop* loop,
                               const WorkerEvents& events)
    : inbox_(loop), completions_(std::make_unique<CompletionThread>()) {
  const auto open = [&](const std::string& target, BackendEvents* to) {
    return std::make_unique<BackendStream>(target, worker, completions_.get(), &inbox_, to);
  };
  for (const std::string& target : addresses.authorities) authorities_.push_back(open(target, events.authorities));
  for (const MemberAddress& member : addresses.members) {
    members_.push_back({member.name, std::make_unique<CacheStream>(member.target, worker, completions_.get(), &inbox_,
                                                                   events.members)});
  }
  for (const std::string& target : addresses.recursors) recursors_.push_back(open(target, events.recursors));
}

RemoteBackends::~RemoteBackends() {
  const auto for_each_stream = [this](auto action) {
    for (const auto& authority : authorities_) action(&authority->stream());
    for (const auto& member : members_) action(&member.stream->stream());
    for (const auto& recursor : recursors_) action(&recursor->stream());
  };
  for_each_stream([](auto* stream) { stream->Stop(); });
  for_each_stream([](auto* stream) { stream->AwaitEnd(); });
  completions_.reset();
}

std::vector<Backend*> RemoteBackends::replicas() {
  std::vector<Backend*> replicas;
  for (const auto& stream : authorities_) replicas.push_back(stream.get());
  return replicas;
}

std::vector<BackendGroup::NamedMember> RemoteBackends::members() {
  std::vector<NamedMember> members;
  for (const Member& member : members_) members.push_back({member.name, member.stream.get()});
  return members;
}

std::vector<BackendGroup::NamedRecursor> RemoteBackends::recursors() {
  std::vector<NamedRecursor> recursors;
  for (const auto& stream : recursors_) recursors.push_back({stream->stream().target(), stream.get()});
  return recursors;
}

}  // namespace strata::frontend
