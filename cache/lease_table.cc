// SPDX-License-Identifier: Apache-2.0
#include "cache/lease_table.h"

#include <algorithm>

namespace strata::cache {
namespace {

struct ParkedLookup {
  CacheClient* client = nullptr;
  uint32_t id = 0;
};

// What an unused lease may keep of a crowd that it once had.
constexpr size_t kMaxKeptParked = 64;

Reply MissOf(const ParkedLookup& lookup) {
  Reply reply;
  reply.kind = Reply::Kind::kMiss;
  reply.id = lookup.id;
  return reply;
}

}  // namespace

struct Lease {
  std::list<Lease>::iterator self;
  HashedKey key;  // its name views `name`
  std::string name;
  CacheClient* client = nullptr;
  LeaseToken token{};
  base::MonotonicTime expires_at;
  std::vector<ParkedLookup> parked;  // the oldest first
};

size_t LeaseTable::ByKey::operator()(const Lease* lease) const { return lease->key.hash; }
size_t LeaseTable::ByKey::operator()(const HashedKey& key) const { return key.hash; }
bool LeaseTable::ByKey::operator()(const Lease* lease, const HashedKey& key) const { return lease->key == key; }

size_t LeaseTable::ByToken::operator()(const Lease* lease) const { return (*this)(lease->token); }
size_t LeaseTable::ByToken::operator()(const LeaseToken& token) const {
  size_t hash;
  std::memcpy(&hash, token.data() + token.size() - sizeof(hash), sizeof(hash));
  return hash;
}
bool LeaseTable::ByToken::operator()(const Lease* lease, const LeaseToken& token) const {
  return lease->token == token;
}

LeaseTable::LeaseTable(const Limits& limits, uint8_t part) : limits_(limits), tokens_(part) {}
LeaseTable::~LeaseTable() = default;

LeaseTable::Admission LeaseTable::Admit(CacheClient* client, uint32_t id, const HashedKey& key, base::MonotonicTime now,
                                        LeaseToken* token) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    std::vector<ParkedLookup>& parked = (*found)->parked;
    if (parked_count_ >= limits_.parked || parked.size() >= limits_.parked_per_key) {
      ++statistics_.unparkable;
      return Admission::kRefused;
    }
    parked.push_back({client, id});
    ++parked_count_;
    return Admission::kParked;
  }
  if (active_.size() >= limits_.leases) {
    ++statistics_.unleased;
    return Admission::kRefused;
  }
  if (free_.empty()) {
    free_.emplace_back();
    free_.front().self = free_.begin();
  }
  Lease* const lease = &free_.front();
  active_.splice(active_.end(), free_, lease->self);
  lease->name.assign(key.name.data(), key.name.size());
  lease->key = key;
  lease->key.name = lease->name;
  by_key_.insert(lease);
  Give(lease, client, now);
  ++statistics_.granted;
  *token = lease->token;
  return Admission::kLeased;
}

Lease* LeaseTable::FindLease(const CacheClient* client, const LeaseToken& token) const {
  const auto found = by_token_.find(token);
  return found != by_token_.end() && (*found)->client == client ? *found : nullptr;
}

const HashedKey* LeaseTable::Find(const CacheClient* client, const LeaseToken& token) const {
  const Lease* const lease = FindLease(client, token);
  return lease == nullptr ? nullptr : &lease->key;
}

// All leases are given for the same time: the last one given is the last to expire.
void LeaseTable::Give(Lease* lease, CacheClient* client, base::MonotonicTime now) {
  lease->client = client;
  lease->token = tokens_.Next();
  lease->expires_at = now + limits_.lease;
  by_token_.insert(lease);
  active_.splice(active_.end(), active_, lease->self);
}

void LeaseTable::End(Lease* lease) {
  by_key_.erase(lease);
  by_token_.erase(lease);
  parked_count_ -= lease->parked.size();
  lease->parked.clear();
  if (lease->parked.capacity() > kMaxKeptParked) lease->parked.shrink_to_fit();
  lease->client = nullptr;
  free_.splice(free_.begin(), active_, lease->self);
}

void LeaseTable::Fill(const CacheClient* client, const LeaseToken& token, const Answer& answer) {
  Lease* const lease = FindLease(client, token);
  if (lease == nullptr) return;
  Reply reply;
  reply.kind = Reply::Kind::kHit;
  reply.answer = answer;
  for (const ParkedLookup& lookup : lease->parked) {
    reply.id = lookup.id;
    lookup.client->OnReply(reply);
  }
  End(lease);
}

void LeaseTable::Renew(const CacheClient* client, const LeaseToken& token, base::MonotonicTime now) {
  Lease* const lease = FindLease(client, token);
  if (lease == nullptr) return;
  ++statistics_.renewed;
  lease->expires_at = now + limits_.lease;
  active_.splice(active_.end(), active_, lease->self);
}

void LeaseTable::HandOver(Lease* lease, base::MonotonicTime now) {
  std::vector<ParkedLookup>& parked = lease->parked;
  const auto next = std::find_if(parked.begin(), parked.end(),
                                 [lease](const ParkedLookup& lookup) { return lookup.client != lease->client; });
  if (next == parked.end()) {
    for (const ParkedLookup& lookup : parked) lookup.client->OnReply(MissOf(lookup));
    End(lease);
    return;
  }
  const ParkedLookup heir = *next;
  parked.erase(next);
  --parked_count_;
  ++statistics_.handovers;
  by_token_.erase(lease);
  Give(lease, heir.client, now);
  Reply reply = MissOf(heir);
  reply.has_token = true;
  reply.token = lease->token;
  heir.client->OnReply(reply);
}

void LeaseTable::Release(const CacheClient* client, const LeaseToken& token, base::MonotonicTime now) {
  Lease* const lease = FindLease(client, token);
  if (lease == nullptr) return;
  ++statistics_.released;
  HandOver(lease, now);
}

void LeaseTable::Forget(const CacheClient* client, base::MonotonicTime now) {
  for (auto next = active_.begin(); next != active_.end();) {
    Lease* const lease = &*next++;
    std::vector<ParkedLookup>& parked = lease->parked;
    const auto kept = std::remove_if(parked.begin(), parked.end(),
                                     [client](const ParkedLookup& lookup) { return lookup.client == client; });
    parked_count_ -= static_cast<size_t>(parked.end() - kept);
    parked.erase(kept, parked.end());
    // Who it goes to is another client, so that meeting it again at the list's end changes nothing.
    if (lease->client != client) continue;
    ++statistics_.released;
    HandOver(lease, now);
  }
}

void LeaseTable::Expire(base::MonotonicTime now) {
  for (size_t left = active_.size(); left > 0 && active_.front().expires_at <= now; --left) {
    ++statistics_.expired;
    HandOver(&active_.front(), now);
  }
}

}  // namespace strata::cache
