// The backends of one worker.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKEND_GROUP_H_
#define STRATA_FRONTEND_BACKEND_GROUP_H_

#include <functional>
#include <memory>
#include <vector>

#include "base/event_loop.h"
#include "frontend/backend.h"

namespace strata::frontend {

// Remote ones in the frontend, one local one in the all-in-one server. Used by its worker's thread only.
class BackendGroup {
 public:
  virtual ~BackendGroup() = default;
  // The authority's replicas, numbered as in the zone table.
  virtual std::vector<Backend*> replicas() = 0;
  // Delivers what came since the last call. Called after every turn of the loop.
  virtual void Poll() = 0;
};

// Makes the group of worker number `worker`, which wakes `loop` when Poll() has something to do. Both pointers outlive
// the group.
using BackendGroupFactory =
    std::function<std::unique_ptr<BackendGroup>(int worker, base::EventLoop* loop, BackendEvents* events)>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKEND_GROUP_H_
