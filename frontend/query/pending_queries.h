// Queries that wait for a backend.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_PENDING_QUERIES_H_
#define STRATA_FRONTEND_QUERY_PENDING_QUERIES_H_

#include <array>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "dns/name.h"
#include "frontend/backends/backend_pool.h"
#include "frontend/net/transport.h"
#include "frontend/policy/client_limiter.h"
#include "frontend/query/alias_chain.h"
#include "frontend/query/response.h"
#include "frontend/query/slot_table.h"

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
  // Its client may have what is in no zone of ours resolved, and wants it.
  bool recursive = false;
  base::MonotonicTime deadline;
  ClientLimiter::Ticket ticket = ClientLimiter::kRefused;

  // While the authority is asked.
  BackendSet candidates = 0;  // replicas that were not asked yet
  BackendSet failed = 0;      // those that gave bad answers
  int replica = -1;
  int hedge = -1;  // a second one, which was asked because the first is late
  int attempts = 0;
  bool resent = false;             // because its replica went away
  base::MonotonicTime sent;        // to `replica`
  base::MonotonicTime hedge_sent;  // to `hedge`
  // While it is resolved elsewhere: the number of that resolution.
  uint32_t resolution = 0;
  // Where the answer leads on to other names: what it is so far.
  std::unique_ptr<AliasChain> chain;

  // What is being asked now, in wire form; case as it came.
  absl::string_view current_name() const {
    return chain != nullptr ? chain->target() : echo.question.substr(0, echo.question.size() - 4);
  }
};

using PendingQueries = SlotTable<PendingQuery>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_PENDING_QUERIES_H_
