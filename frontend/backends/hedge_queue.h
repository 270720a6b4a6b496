// Queries in the order in which they become late.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_HEDGE_QUEUE_H_
#define STRATA_FRONTEND_BACKENDS_HEDGE_QUEUE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace strata::frontend {

// All wait equally long, so the order in which they were sent is the order in which they become late. Those that were
// answered stay until they are at the front: taking one out costs more than passing it over. Allocates when it is made,
// and never again. Not thread-safe.
class HedgeQueue {
 public:
  struct Sent {
    uint32_t id = 0;
    base::MonotonicTime at;
  };

  explicit HedgeQueue(size_t capacity) : ring_(std::bit_ceil(capacity)) {}

  // REQUIRES: no earlier than those before. One that finds no room is not kept.
  void Push(uint32_t id, base::MonotonicTime at) {
    if (pushed_ - popped_ == ring_.size()) return;
    ring_[pushed_++ & (ring_.size() - 1)] = {id, at};
  }
  bool empty() const { return pushed_ == popped_; }
  // REQUIRES: !empty().
  const Sent& front() const { return ring_[popped_ & (ring_.size() - 1)]; }
  void Pop() { ++popped_; }

 private:
  std::vector<Sent> ring_;
  size_t pushed_ = 0;
  size_t popped_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_HEDGE_QUEUE_H_
