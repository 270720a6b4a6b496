// SPDX-License-Identifier: Apache-2.0
#include "frontend/pending_queries.h"

#include <algorithm>

namespace strata::frontend {
namespace {

constexpr size_t kMaxCapacity = 65535;
constexpr uint32_t kSlotMask = 0xffff;
constexpr uint32_t kOneUse = 0x10000;

}  // namespace

PendingQueries::PendingQueries(size_t capacity)
    : queries_(std::min(capacity, kMaxCapacity) + 1), links_(queries_.size()) {
  free_.reserve(queries_.size());
  for (size_t slot = queries_.size() - 1; slot > kHead; --slot) {
    queries_[slot].id = static_cast<uint32_t>(slot);
    free_.push_back(static_cast<uint16_t>(slot));
  }
}

PendingQuery* PendingQueries::Add() {
  if (free_.empty()) return nullptr;
  const uint16_t slot = free_.back();
  free_.pop_back();
  const uint16_t last = links_[kHead].previous;
  links_[slot] = {last, kHead};
  links_[last].next = slot;
  links_[kHead].previous = slot;
  ++size_;
  return &queries_[slot];
}

PendingQuery* PendingQueries::Find(uint32_t id) {
  const uint32_t slot = id & kSlotMask;
  // The id of a free slot is the one of its next use.
  if (slot == kHead || slot >= queries_.size() || queries_[slot].id != id) return nullptr;
  const bool used = links_[links_[slot].previous].next == slot;
  return used ? &queries_[slot] : nullptr;
}

void PendingQueries::Remove(PendingQuery* query) {
  const auto slot = static_cast<uint16_t>(query->id & kSlotMask);
  links_[links_[slot].previous].next = links_[slot].next;
  links_[links_[slot].next].previous = links_[slot].previous;
  query->id += kOneUse;
  free_.push_back(slot);
  --size_;
}

}  // namespace strata::frontend
