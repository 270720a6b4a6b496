// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_clients.h"

#include <cstring>

namespace strata::frontend {
namespace {

// The lowest octet tells the families apart.
StreamClients::Key Ipv4Key(const void* address) {
  uint32_t octets = 0;
  std::memcpy(&octets, address, sizeof octets);
  return uint64_t{octets} << 8 | 4;
}

StreamClients::Key Ipv6Key(const in6_addr& address) {
  uint64_t key = 0;
  for (int i = 0; i < 7; ++i) key = key << 8 | address.s6_addr[i];
  return key << 8 | 6;
}

}  // namespace

StreamClients::Key StreamClients::KeyOf(const sockaddr_in6& peer) {
  if (peer.sin6_family != AF_INET6) return Ipv4Key(&reinterpret_cast<const sockaddr_in&>(peer).sin_addr);
  if (IN6_IS_ADDR_V4MAPPED(&peer.sin6_addr)) return Ipv4Key(&peer.sin6_addr.s6_addr[12]);
  return Ipv6Key(peer.sin6_addr);
}

void StreamClients::File(ClientRecord* client) {
  while (by_count_.size() <= client->held) by_count_.emplace_back();
  Equals& equals = by_count_[client->held];
  (client->idle.empty() ? equals.working : equals.idle).PushBack(&client->by_count);
}

void StreamClients::Add(Key client, Place* place) {
  ClientRecord& record = clients_[client];
  record.key = client;
  ++record.held;
  if (record.held > most_) most_ = record.held;
  place->client_ = &record;
  place->working_ = false;
  record.idle.PushBack(&place->link_);
  File(&record);
}

void StreamClients::Remove(Place* place) {
  place->link_.Unlink();
  ClientRecord* client = place->client_;
  place->client_ = nullptr;
  if (--client->held == 0) {
    clients_.erase(client->key);
  } else {
    File(client);
  }
  // It was among those that hold most, and holds one less: nobody is further down.
  const Equals& most = by_count_[most_];
  if (most_ > 0 && most.idle.empty() && most.working.empty()) --most_;
}

void StreamClients::Touch(Place* place) {
  ClientRecord* client = place->client_;
  (place->working_ ? client->working : client->idle).PushBack(&place->link_);
  File(client);
}

void StreamClients::SetWorking(Place* place, bool working) {
  if (place->working_ == working) return;
  place->working_ = working;
  Touch(place);
}

size_t StreamClients::held(Key client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? 0 : found->second.held;
}

StreamConnection* StreamClients::Quietest(Key client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? nullptr : found->second.idle.front();
}

StreamConnection* StreamClients::Displaced(Key newcomer) const {
  if (most_ == 0) return nullptr;
  const Equals& most = by_count_[most_];
  if (!most.idle.empty()) return most.idle.front()->idle.front();
  return most_ > held(newcomer) + 1 ? most.working.front()->working.front() : nullptr;
}

}  // namespace strata::frontend
