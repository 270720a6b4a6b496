// The queries that one socket has in flight: which ID means which query, and which have waited too long.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_QUERY_WINDOW_H_
#define STRATA_BENCH_QUERY_WINDOW_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace strata::bench {

// An ID is a slot number with the slot's generation above it, so that the late answer to a query given up is not
// taken for an answer to its successor. Not thread-safe. Times are nanoseconds of one monotonic clock.
class QueryWindow {
 public:
  struct InFlight {
    size_t query = 0;
    int64_t sent_at = 0;
  };

  // At most `size` queries in flight: 1 to kMaxSize.
  static constexpr size_t kMaxSize = size_t{1} << 14;
  explicit QueryWindow(size_t size);

  size_t free_slots() const { return free_.size(); }
  size_t in_flight() const { return slots_.size() - free_.size(); }

  // Takes a slot for `query` and returns its ID. REQUIRES: free_slots() > 0.
  uint16_t Start(size_t query, int64_t now);

  // The query in flight under `id`; nullptr if there is none. Valid until the next non-const call.
  const InFlight* Find(uint16_t id) const;

  // Frees the slot of `id`. REQUIRES: Find(id) != nullptr.
  void Finish(uint16_t id);

  // Frees the slots of queries sent before `limit`; returns how many.
  size_t ExpireSentBefore(int64_t limit);

 private:
  struct Slot {
    InFlight query;
    uint16_t generation = 0;
    bool busy = false;
  };

  void Free(size_t slot);

  int slot_bits_;
  std::vector<Slot> slots_;
  std::vector<size_t> free_;
};

}  // namespace strata::bench

#endif  // STRATA_BENCH_QUERY_WINDOW_H_
