// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_lists.h"

#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "dns/name.h"

namespace strata::frontend {
namespace {

bool IsName(const std::string& octets) {
  return !octets.empty() && dns::WireNameSize(absl::string_view(octets)) == octets.size();
}

}  // namespace

void ZoneLists::OnStreamStart(int replica) {
  const std::lock_guard<std::mutex> lock(mutex_);
  List& list = lists_[replica];
  list.restart = false;
  list.added.clear();
  list.removed.clear();
}

void ZoneLists::OnPage(int replica, const authority::v1::ZonePage& page) {
  const std::lock_guard<std::mutex> lock(mutex_);
  List& list = lists_[replica];
  if (page.restart()) {
    list.restart = true;
    list.added.clear();
    list.removed.clear();
  }
  for (const auto& zone : page.zones()) {
    if (!IsName(zone.origin())) continue;
    const std::string origin = dns::ToLowerAscii(zone.origin());
    list.added.insert(origin);
    list.removed.erase(origin);
  }
  for (const std::string& removed : page.removed()) {
    const std::string origin = dns::ToLowerAscii(removed);
    list.removed.insert(origin);
    list.added.erase(origin);
  }
  if (!page.complete()) return;
  if (list.restart) list.zones.clear();
  for (const std::string& origin : list.removed) list.zones.erase(origin);
  list.zones.merge(list.added);
  list.complete = true;
  list.restart = false;
  list.added.clear();
  list.removed.clear();
  Publish();
}

void ZoneLists::Publish() {
  absl::flat_hash_map<absl::string_view, ReplicaSet> replicas;
  bool complete = lists_.empty();
  for (size_t i = 0; i < lists_.size(); ++i) {
    complete = complete || lists_[i].complete;
    for (const std::string& origin : lists_[i].zones) replicas[origin] |= ReplicaSet{1} << i;
  }
  auto table = std::make_shared<ZoneTable>();
  for (const auto& [origin, set] : replicas) table->Add(origin, set);
  table->set_complete(complete);
  published_.Publish(std::move(table));
}

}  // namespace strata::frontend
