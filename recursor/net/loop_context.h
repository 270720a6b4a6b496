// What all that runs on one loop of the resolver shares.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_LOOP_CONTEXT_H_
#define STRATA_RECURSOR_NET_LOOP_CONTEXT_H_

#include "base/clock.h"
#include "base/event_loop.h"
#include "recursor/net/random_bits.h"
#include "recursor/net/timer_wheel.h"

namespace strata::recursor {

// Borrowed: all outlive whoever has this.
struct LoopContext {
  base::EventLoop* loop = nullptr;
  const base::Clock* clock = nullptr;
  TimerWheel* timers = nullptr;
  RandomBits* random = nullptr;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_LOOP_CONTEXT_H_
