// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_timers.h"

#include <algorithm>

namespace strata::frontend {

void StreamTimers::AwaitInput(Place* place, Wait wait, bool anew, base::MonotonicTime now) {
  if (place->wait_ == wait && !anew) return;
  place->wait_ = wait;
  place->input_since_ = now;
  if (wait == kNothing) {
    place->input_.Unlink();
  } else {
    inputs_[wait].PushBack(&place->input_);
  }
}

void StreamTimers::AwaitOutput(Place* place, size_t unsent, size_t taken, base::MonotonicTime now) {
  if (unsent == 0) return place->output_.Unlink();
  if (place->output_.linked() && taken < place->to_take_) {
    place->to_take_ -= taken;
    return;
  }
  place->to_take_ = std::min(unsent, kMinTaken);
  place->output_since_ = now;
  outputs_.PushBack(&place->output_);
}

void StreamTimers::Remove(Place* place) {
  place->input_.Unlink();
  place->output_.Unlink();
}

StreamConnection* StreamTimers::TooIdle(const Limits& limits, base::MonotonicTime now) const {
  for (const Wait wait : {kQuery, kPromise}) {
    const Place* first = inputs_[wait].front();
    if (first == nullptr) continue;
    const absl::Duration limit = wait == kQuery ? limits.query : limits.promise;
    if (absl::FromChrono(now - first->input_since_) > limit) return first->connection_;
  }
  return nullptr;
}

StreamConnection* StreamTimers::TooSlow(const Limits& limits, base::MonotonicTime now) const {
  const Place* sender = inputs_[kMessage].front();
  if (sender != nullptr && absl::FromChrono(now - sender->input_since_) > limits.message) return sender->connection_;
  const Place* taker = outputs_.front();
  if (taker != nullptr && absl::FromChrono(now - taker->output_since_) > limits.answers) return taker->connection_;
  return nullptr;
}

}  // namespace strata::frontend
