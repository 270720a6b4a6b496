// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_clients.h"

namespace strata::frontend {

ClientPrefix StreamClients::ClientOf(const sockaddr_in6& peer) {
  return ClientPrefix::Of(reinterpret_cast<const sockaddr*>(&peer), {.ipv4 = 32, .ipv6 = 56});
}

void StreamClients::File(ClientRecord* client) {
  while (by_count_.size() <= client->held) by_count_.emplace_back();
  Equals& equals = by_count_[client->held];
  (client->idle.empty() ? equals.working : equals.idle).PushBack(&client->by_count);
}

void StreamClients::Add(const ClientPrefix& client, Place* place) {
  ClientRecord& record = clients_[client];
  record.client = client;
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
    clients_.erase(ClientPrefix(client->client));
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

size_t StreamClients::held(const ClientPrefix& client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? 0 : found->second.held;
}

StreamConnection* StreamClients::Quietest(const ClientPrefix& client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? nullptr : found->second.idle.front();
}

StreamConnection* StreamClients::Displaced(const ClientPrefix& newcomer) const {
  if (most_ == 0) return nullptr;
  const Equals& most = by_count_[most_];
  if (!most.idle.empty()) return most.idle.front()->idle.front();
  return most_ > held(newcomer) + 1 ? most.working.front()->working.front() : nullptr;
}

}  // namespace strata::frontend
