// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/client_limiter.h"

#include <algorithm>
#include <bit>

namespace strata::frontend {
namespace {

constexpr PrefixLengths kClient = {.ipv4 = 32, .ipv6 = 64};

}  // namespace

ClientLimiter::ClientLimiter(uint32_t max_per_client, size_t max_waiting)
    : max_per_client_(max_per_client),
      entries_(max_waiting),
      buckets_(std::bit_ceil(std::max(max_waiting, size_t{1})), kRefused) {
  // The first one is given out first, so that few that are used lie together.
  for (size_t i = max_waiting; i-- > 0;) {
    entries_[i].next = free_;
    free_ = static_cast<uint32_t>(i);
  }
}

ClientLimiter::Ticket ClientLimiter::Enter(const sockaddr* client) {
  const ClientPrefix prefix = ClientPrefix::Of(client, kClient);
  const auto bucket = static_cast<uint32_t>(hasher_.Hash(prefix) & (buckets_.size() - 1));
  for (uint32_t at = buckets_[bucket]; at != kRefused; at = entries_[at].next) {
    Entry& entry = entries_[at];
    if (!(entry.prefix == prefix)) continue;
    if (entry.waiting == max_per_client_) return kRefused;
    ++entry.waiting;
    return at;
  }
  if (free_ == kRefused) return kRefused;
  const Ticket ticket = free_;
  Entry& entry = entries_[ticket];
  free_ = entry.next;
  entry = {.prefix = prefix, .waiting = 1, .bucket = bucket, .next = buckets_[bucket]};
  buckets_[bucket] = ticket;
  ++client_count_;
  return ticket;
}

void ClientLimiter::Leave(Ticket ticket) {
  Entry& entry = entries_[ticket];
  if (--entry.waiting > 0) return;
  uint32_t* link = &buckets_[entry.bucket];
  while (*link != ticket) link = &entries_[*link].next;
  *link = entry.next;
  entry.next = free_;
  free_ = ticket;
  --client_count_;
}

}  // namespace strata::frontend
