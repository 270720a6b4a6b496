// Queries that wait for a backend.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_PENDING_QUERIES_H_
#define STRATA_FRONTEND_PENDING_QUERIES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "dns/name.h"
#include "frontend/response.h"
#include "frontend/transport.h"
#include "frontend/zone_table.h"

namespace strata::frontend {

// A query from its submission to its answer.
struct PendingQuery {
  uint32_t id = 0;  // of the backend's answer
  Client client;
  QueryEcho echo;  // its `question` views `question` below
  std::array<char, dns::kMaxNameSize + 4> question;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool minimal_any = false;
  base::MonotonicTime deadline;
  ReplicaSet candidates = 0;  // replicas that were not asked yet
  int replica = -1;
  int attempts = 0;
};

// A bounded table. An entry's id names its slot and how often the slot was used, so that an answer that comes late, or
// twice, finds nothing. Entries are also kept in the order they were added, which is that of their deadlines. Allocates
// when it is made, and never again. Not thread-safe.
class PendingQueries {
 public:
  explicit PendingQueries(size_t capacity);

  // A new entry with its id set and the rest of an earlier use; nullptr when the table is full.
  PendingQuery* Add();
  // nullptr when there is none.
  PendingQuery* Find(uint32_t id);
  void Remove(PendingQuery* query);

  size_t size() const { return size_; }

  // Calls `visit(PendingQuery*)` for all entries from the oldest on, until it returns false. The visitor may remove the
  // entry it is given, and none other.
  template <typename Visitor>
  void Visit(Visitor visit) {
    for (uint16_t slot = links_[kHead].next; slot != kHead;) {
      const uint16_t next = links_[slot].next;
      if (!visit(&queries_[slot])) return;
      slot = next;
    }
  }

 private:
  // Slot 0 heads the list and holds no query.
  static constexpr uint16_t kHead = 0;
  struct Link {
    uint16_t previous = kHead, next = kHead;
  };

  std::vector<PendingQuery> queries_;
  std::vector<Link> links_;
  std::vector<uint16_t> free_;
  size_t size_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_PENDING_QUERIES_H_
