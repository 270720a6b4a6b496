// Backends of one kind, and the streams to them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_

#include <vector>

#include "absl/time/time.h"
#include "frontend/backends/backend.h"
#include "frontend/backends/backend_metrics.h"
#include "frontend/backends/backend_standing.h"
#include "frontend/backends/in_flight_limit.h"

namespace strata::frontend {

// Used by its worker's thread only.
class BackendPool : public BackendEvents {
 public:
  // Whose queries they are.
  class Owner {
   public:
    virtual ~Owner() = default;
    // As BackendEvents, with the backend's number. Whoever gets the answer to a query of theirs tells standing().
    virtual void OnAnswer(BackendPool* pool, int number, const BackendAnswer& answer) = 0;
    virtual void OnDown(BackendPool* pool, int number) = 0;
  };

  // `owner` outlives the pool.
  explicit BackendPool(Owner* owner) : owner_(*owner) {}

  // The backend gets the next number. At most kMaxBackends; it outlives the pool's last call.
  void Add(Backend* backend);

  int size() const { return standing_.size(); }
  BackendSet up() const { return standing_.up(); }
  // Those of `candidates` that are up and do not owe too much to be asked more.
  BackendSet WithRoom(BackendSet candidates) const;
  BackendStanding& standing() { return standing_; }
  // Any thread.
  BackendMetrics& metrics() { return standing_.metrics(); }
  const BackendMetrics& metrics() const { return standing_.metrics(); }

  // REQUIRES: the backend is up. The query may be answered when this returns.
  void Submit(int number, const BackendQuery& query);
  // Sends what was submitted.
  void Flush();
  // Breaks with a backend that has been silent for longer than `hung_after`. The last one that is up is waited for
  // three times as long: there is nobody else to ask, but clients are to be told before they give up. To be called
  // every SilenceWatch::kTick.
  void OnTick(absl::Duration since_last, absl::Duration hung_after);

  void OnAnswer(Backend* backend, const BackendAnswer& answer) override;
  void OnAlive(Backend* backend) override { standing_.OnAlive(NumberOf(backend)); }
  void OnUp(Backend* backend) override { standing_.OnUp(NumberOf(backend)); }
  void OnServing(Backend* backend, bool serving) override { standing_.OnServing(NumberOf(backend), serving); }
  void OnDown(Backend* backend) override;

 private:
  int NumberOf(const Backend* backend) const;

  Owner& owner_;
  std::vector<Backend*> backends_;
  std::vector<InFlightLimit> limits_;
  BackendStanding standing_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_
