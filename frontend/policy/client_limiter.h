// How many queries of one client wait for a backend at a time.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_CLIENT_LIMITER_H_
#define STRATA_FRONTEND_POLICY_CLIENT_LIMITER_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "frontend/policy/client_prefix.h"

namespace strata::frontend {

// Exact: each client that waits has an entry of its own, found by a keyed hash. A worker's own: not thread-safe. All
// memory (36 octets for each of `max_waiting`, up to 40) is taken by the constructor.
//
// A client is an IPv4 address or an IPv6 network of 64 bits: whoever has one address of it can take any other
// (RFC 4291 §2.5.1, RFC 8981).
class ClientLimiter {
 public:
  // A client that waits; as small as can be, as each pending query keeps one.
  using Ticket = uint32_t;
  static constexpr Ticket kRefused = ~Ticket{0};

  // At most `max_per_client` (>= 1) queries of one client, and `max_waiting` clients.
  ClientLimiter(uint32_t max_per_client, size_t max_waiting);

  // One query more; kRefused: the client has enough already (or there are too many clients).
  Ticket Enter(const sockaddr* client);
  // REQUIRES: `ticket` came from Enter(), is not kRefused, and has been left fewer times than it was given out.
  void Leave(Ticket ticket);

  // Clients that wait now.
  size_t client_count() const { return client_count_; }

 private:
  struct Entry {
    ClientPrefix prefix;
    uint32_t waiting = 0;
    uint32_t bucket = 0;
    uint32_t next = kRefused;  // of the bucket, or of the free ones
  };

  const PrefixHasher hasher_;
  const uint32_t max_per_client_;
  std::vector<Entry> entries_;     // a ticket is an index
  std::vector<uint32_t> buckets_;  // a power of two; the first entry of each
  uint32_t free_ = kRefused;
  size_t client_count_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_CLIENT_LIMITER_H_
