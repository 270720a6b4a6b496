// Backends of one kind: which are up, what they owe, which of them hang.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "frontend/backends/backend.h"
#include "frontend/backends/backend_metrics.h"
#include "frontend/backends/in_flight_limit.h"
#include "frontend/backends/silence_watch.h"

namespace strata::frontend {

// A set of a pool's backends: bit i stands for number i.
using BackendSet = uint64_t;
inline constexpr int kMaxBackends = 64;

// Used by its worker's thread only.
class BackendPool : public BackendEvents {
 public:
  // Whose queries they are.
  class Owner {
   public:
    virtual ~Owner() = default;
    // As BackendEvents, with the backend's number. Whoever gets the answer to a query of theirs calls OnSettled().
    virtual void OnAnswer(BackendPool* pool, int number, const BackendAnswer& answer) = 0;
    virtual void OnDown(BackendPool* pool, int number) = 0;
  };

  // `owner` outlives the pool.
  explicit BackendPool(Owner* owner) : owner_(*owner) {}

  // The backend gets the next number. At most kMaxBackends; it outlives the pool's last call.
  void Add(Backend* backend);

  int size() const { return static_cast<int>(members_.size()); }
  BackendSet up() const { return up_; }
  // Those of `candidates` that are up and do not owe too much to be asked more.
  BackendSet WithRoom(BackendSet candidates) const;
  // Any thread.
  const BackendMetrics& metrics() const { return metrics_; }

  // REQUIRES: the backend is up. The query may be answered when this returns.
  void Submit(int number, const BackendQuery& query);
  // A query was answered or given up.
  void OnSettled(int number) { members_[number].watch.OnSettled(); }
  // Sends what was submitted.
  void Flush();
  // Breaks with a backend that has been silent for longer than `hung_after`, unless it is the last one that is up: with
  // nobody else to ask, waiting is better. To be called every SilenceWatch::kTick.
  void OnTick(absl::Duration since_last, absl::Duration hung_after);

  void OnAnswer(Backend* backend, const BackendAnswer& answer) override;
  void OnAlive(Backend* backend) override;
  void OnUp(Backend* backend) override;
  void OnDown(Backend* backend) override;

 private:
  struct Member {
    Backend* backend;
    SilenceWatch watch;
    InFlightLimit limit;
  };

  int NumberOf(const Backend* backend) const;
  void SetUp(BackendSet up);

  Owner& owner_;
  std::vector<Member> members_;
  BackendSet up_ = 0;
  BackendMetrics metrics_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_POOL_H_
