// The backends of one worker.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_GROUP_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_GROUP_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/event_loop.h"
#include "frontend/backends/backend.h"
#include "frontend/backends/cache_member.h"

namespace strata::frontend {

// Where a worker's backends tell what happens to them.
struct WorkerEvents {
  BackendEvents* authorities = nullptr;
  CacheMemberEvents* members = nullptr;
  BackendEvents* recursors = nullptr;
};

// Remote ones in the frontend, local ones in the all-in-one server. Used by its worker's thread only.
class BackendGroup {
 public:
  // Ownership of names goes by the name.
  struct NamedMember {
    std::string name;
    CacheMember* member = nullptr;
  };
  struct NamedRecursor {
    std::string name;
    Backend* recursor = nullptr;
  };

  virtual ~BackendGroup() = default;
  // The authority's replicas, numbered as in the zone table.
  virtual std::vector<Backend*> replicas() = 0;
  virtual std::vector<NamedMember> members() = 0;
  virtual std::vector<NamedRecursor> recursors() = 0;
  // One turn of the worker's loop: waits for `timeout` at most until a socket or a backend has something, and tells
  // whom it concerns.
  virtual void RunOnce(absl::Duration timeout) = 0;
  // There is something to do that waits for OnTick().
  virtual bool wants_tick() const { return false; }
  // To be called every SilenceWatch::kTick or so while wants_tick().
  virtual void OnTick() {}
};

// Makes the group of worker number `worker`, whose loop is `loop`. The pointers outlive the group.
using BackendGroupFactory =
    std::function<std::unique_ptr<BackendGroup>(int worker, base::EventLoop* loop, const WorkerEvents& events)>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_GROUP_H_
