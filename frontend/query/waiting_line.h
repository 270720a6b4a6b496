// Queries that no backend has room for now, in the order they came.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_WAITING_LINE_H_
#define STRATA_FRONTEND_QUERY_WAITING_LINE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::frontend {

// A bounded queue of ids of pending queries. Who has waited for too long is to leave unserved: so what is served is
// fresh, however long the line is (docs/decisions/0013). Allocates when it is made only. Not thread-safe.
class WaitingLine {
 public:
  static constexpr absl::Duration kPatience = absl::Milliseconds(100);

  explicit WaitingLine(size_t capacity) : places_(capacity) {}

  bool empty() const { return size_ == 0; }
  bool full() const { return size_ == places_.size(); }
  size_t size() const { return size_; }

  // REQUIRES: !full(). Times never go back.
  void Add(uint32_t id, base::MonotonicTime now) {
    places_[(first_ + size_) % places_.size()] = {id, now};
    ++size_;
  }
  // Of the first in line. REQUIRES: !empty().
  uint32_t first() const { return places_[first_].id; }
  bool first_is_late(base::MonotonicTime now) const {
    return now - places_[first_].since > absl::ToChronoNanoseconds(kPatience);
  }
  void Pop() {
    first_ = (first_ + 1) % places_.size();
    --size_;
  }

 private:
  struct Place {
    uint32_t id = 0;
    base::MonotonicTime since;
  };

  std::vector<Place> places_;
  size_t first_ = 0;
  size_t size_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_WAITING_LINE_H_
