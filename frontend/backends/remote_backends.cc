// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/remote_backends.h"

#include <utility>

namespace strata::frontend {

RemoteBackends::RemoteBackends(const RemoteAddresses& addresses, int worker, base::EventLoop* loop,
                               const WorkerEvents& events)
    : loop_(*loop) {
  // `to` is told of both: the stream, and what the process says of itself.
  const auto watch = [&](auto* backend, auto* to) {
    watches_.push_back(std::make_unique<HealthWatch>(backend->stream().channel(), &completions_,
                                                     [backend, to](bool serving) { to->OnServing(backend, serving); }));
  };
  const auto open = [&](const std::string& target, bool prompt, BackendEvents* to) {
    auto stream =
        std::make_unique<BackendStream>(BackendTarget(target, addresses.security), worker, prompt, &completions_, to);
    watch(stream.get(), to);
    return stream;
  };
  for (const std::string& target : addresses.authorities)
    authorities_.push_back(open(target, /*prompt=*/true, events.authorities));
  for (const MemberAddress& member : addresses.members) {
    members_.push_back({member.name, std::make_unique<CacheStream>(BackendTarget(member.target, addresses.security),
                                                                   worker, &completions_, events.members)});
    watch(members_.back().stream.get(), events.members);
  }
  for (const std::string& target : addresses.recursors)
    recursors_.push_back(open(target, /*prompt=*/false, events.recursors));
}

template <typename Action>
void RemoteBackends::ForEachStream(const Action& action) const {
  for (const auto& authority : authorities_) action(&authority->stream());
  for (const Member& member : members_) action(&member.stream->stream());
  for (const auto& recursor : recursors_) action(&recursor->stream());
}

RemoteBackends::~RemoteBackends() {
  ForEachStream([](auto* stream) { stream->Stop(); });
  for (const auto& watch : watches_) watch->Stop();
  // gRPC aborts the process for an operation that starts on a queue that is shut down, and the end of a call takes
  // operations of its own.
  base::EventLoop nothing_else;
  while (true) {
    bool ended = true;
    ForEachStream([&ended](auto* stream) {
      stream->OnTick();
      ended = ended && stream->ended();
    });
    for (const auto& watch : watches_) ended = ended && watch->ended();
    if (ended) return;
    completions_.RunOnce(&nothing_else, absl::Milliseconds(100));
  }
}

bool RemoteBackends::wants_tick() const {
  bool wants = false;
  ForEachStream([&wants](const auto* stream) { wants = wants || stream->wants_tick(); });
  return wants;
}

void RemoteBackends::OnTick() {
  ForEachStream([](auto* stream) { stream->OnTick(); });
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
