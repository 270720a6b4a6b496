// The backends of one worker that are other processes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_REMOTE_BACKENDS_H_
#define STRATA_FRONTEND_BACKENDS_REMOTE_BACKENDS_H_

#include <memory>
#include <string>
#include <vector>

#include "frontend/backends/backend_group.h"
#include "frontend/backends/backend_stream.h"
#include "frontend/backends/backend_target.h"
#include "frontend/backends/cache_stream.h"
#include "frontend/backends/completion_loop.h"
#include "frontend/backends/health_watch.h"
#include "frontend/recursion/membership.h"

namespace strata::frontend {

// Targets are gRPC addresses that CheckTarget() returned.
struct RemoteAddresses {
  std::vector<std::string> authorities;
  std::vector<MemberAddress> members;
  std::vector<std::string> recursors;
  BackendSecurity security = {};
};

class RemoteBackends : public BackendGroup {
 public:
  RemoteBackends(const RemoteAddresses& addresses, int worker, base::EventLoop* loop, const WorkerEvents& events);
  ~RemoteBackends() override;

  std::vector<Backend*> replicas() override;
  std::vector<NamedMember> members() override;
  std::vector<NamedRecursor> recursors() override;
  void RunOnce(absl::Duration timeout) override { completions_.RunOnce(&loop_, timeout); }
  bool wants_tick() const override;
  void OnTick() override;

 private:
  struct Member {
    std::string name;
    std::unique_ptr<CacheStream> stream;
  };

  // Calls `action` with each stream.
  template <typename Action>
  void ForEachStream(const Action& action) const;

  base::EventLoop& loop_;
  // Before the streams: nothing of theirs is under way when it ends.
  CompletionLoop completions_;
  std::vector<std::unique_ptr<BackendStream>> authorities_;
  std::vector<Member> members_;
  std::vector<std::unique_ptr<BackendStream>> recursors_;
  std::vector<std::unique_ptr<HealthWatch>> watches_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_REMOTE_BACKENDS_H_
