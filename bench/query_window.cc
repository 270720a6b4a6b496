// See query_window.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/query_window.h"

#include <algorithm>
#include <bit>

namespace strata::bench {

QueryWindow::QueryWindow(size_t size)
    : slot_bits_(std::bit_width(std::clamp<size_t>(size, 1, kMaxSize) - 1)),
      slots_(std::clamp<size_t>(size, 1, kMaxSize)) {
  free_.reserve(slots_.size());
  for (size_t slot = slots_.size(); slot > 0; --slot) free_.push_back(slot - 1);
}

uint16_t QueryWindow::Start(size_t query, int64_t now) {
  const size_t index = free_.back();
  free_.pop_back();
  Slot& slot = slots_[index];
  slot.query = {.query = query, .sent_at = now};
  slot.busy = true;
  return static_cast<uint16_t>(slot.generation << slot_bits_ | index);
}

const QueryWindow::InFlight* QueryWindow::Find(uint16_t id) const {
  const size_t index = id & ((size_t{1} << slot_bits_) - 1);
  if (index >= slots_.size() || !slots_[index].busy) return nullptr;
  const Slot& slot = slots_[index];
  if (static_cast<uint16_t>(slot.generation << slot_bits_ | index) != id) return nullptr;
  return &slot.query;
}

void QueryWindow::Finish(uint16_t id) { Free(id & ((size_t{1} << slot_bits_) - 1)); }

size_t QueryWindow::ExpireSentBefore(int64_t limit) {
  size_t expired = 0;
  for (size_t index = 0; index < slots_.size(); ++index) {
    if (!slots_[index].busy || slots_[index].query.sent_at >= limit) continue;
    Free(index);
    ++expired;
  }
  return expired;
}

void QueryWindow::Free(size_t slot) {
  slots_[slot].busy = false;
  ++slots_[slot].generation;
  free_.push_back(slot);
}

}  // namespace strata::bench
