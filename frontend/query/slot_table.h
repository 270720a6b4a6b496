// A bounded table whose entries are named by numbers that are never used again soon.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_SLOT_TABLE_H_
#define STRATA_FRONTEND_QUERY_SLOT_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::frontend {

// `Entry` has a member `uint32_t id`, which belongs to the table. An entry's id names its slot and how often the slot
// was used, so that an answer that comes late, or twice, finds nothing; no id is 0. Entries are also kept in the order
// they were added. Allocates when it is made, and never again. Not thread-safe.
template <typename Entry>
class SlotTable {
 public:
  // At most 65535.
  explicit SlotTable(size_t capacity) : entries_(std::min(capacity, kMaxCapacity) + 1), links_(entries_.size()) {
    free_.reserve(entries_.size());
    for (size_t slot = entries_.size() - 1; slot > kHead; --slot) {
      entries_[slot].id = static_cast<uint32_t>(slot);
      free_.push_back(static_cast<uint16_t>(slot));
    }
  }

  // A new entry with its id set and the rest of an earlier use; nullptr when the table is full.
  Entry* Add() {
    if (free_.empty()) return nullptr;
    const uint16_t slot = free_.back();
    free_.pop_back();
    const uint16_t last = links_[kHead].previous;
    links_[slot] = {last, kHead};
    links_[last].next = slot;
    links_[kHead].previous = slot;
    ++size_;
    return &entries_[slot];
  }

  // nullptr when there is none.
  Entry* Find(uint32_t id) {
    const uint32_t slot = id & kSlotMask;
    // The id of a free slot is the one of its next use.
    if (slot == kHead || slot >= entries_.size() || entries_[slot].id != id) return nullptr;
    const bool used = links_[links_[slot].previous].next == slot;
    return used ? &entries_[slot] : nullptr;
  }

  void Remove(Entry* entry) {
    const auto slot = static_cast<uint16_t>(entry->id & kSlotMask);
    links_[links_[slot].previous].next = links_[slot].next;
    links_[links_[slot].next].previous = links_[slot].previous;
    entry->id += kOneUse;
    free_.push_back(slot);
    --size_;
  }

  // Gives the entry a new id: it asks for something else now, and what was asked before finds nothing.
  void Renew(Entry* entry) { entry->id += kOneUse; }

  size_t size() const { return size_; }

  // Calls `visit(Entry*)` for all entries from the oldest on. The visitor may add entries, which are not visited, and
  // may remove the one that it is given and those that it added, but none other.
  template <typename Visitor>
  void Visit(Visitor visit) {
    const uint16_t last = links_[kHead].previous;
    for (uint16_t slot = links_[kHead].next; slot != kHead;) {
      const uint16_t next = slot == last ? kHead : links_[slot].next;
      visit(&entries_[slot]);
      slot = next;
    }
  }

 private:
  static constexpr size_t kMaxCapacity = 65535;
  static constexpr uint32_t kSlotMask = 0xffff;
  static constexpr uint32_t kOneUse = 0x10000;
  // Slot 0 heads the list and holds no entry.
  static constexpr uint16_t kHead = 0;
  struct Link {
    uint16_t previous = kHead, next = kHead;
  };

  std::vector<Entry> entries_;
  std::vector<Link> links_;
  std::vector<uint16_t> free_;
  size_t size_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_SLOT_TABLE_H_
