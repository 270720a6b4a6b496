// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/zone_index.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

absl::string_view Parent(absl::string_view name) { return name.substr(static_cast<uint8_t>(name[0]) + 1u); }

// What makes an RRset, and the record.
struct Place {
  uint64_t node_type_covers;
  uint32_t record;

  friend bool operator<(const Place& a, const Place& b) {
    return std::tie(a.node_type_covers, a.record) < std::tie(b.node_type_covers, b.record);
  }
};

uint16_t Covers(const dns::Record& record) {
  if (record.type != dns::rr_type::kRRSIG || record.rdata.size() < 2) return 0;
  return static_cast<uint16_t>(static_cast<uint8_t>(record.rdata[0]) << 8 | static_cast<uint8_t>(record.rdata[1]));
}

}  // namespace

ZoneIndex::ZoneIndex(const snapshot::Zone& zone) {
  names_.push_back(dns::ToLowerAscii(zone.origin.wire()));
  nodes_.push_back({names_.back()});
  ids_[names_.back()] = 0;
  std::vector<NodeId> owners;
  owners.reserve(zone.records.size());
  for (size_t i = 0; i < zone.records.size(); ++i) {
    const absl::string_view owner = zone.records[i].owner.wire();
    // Files have the records of a name together.
    const bool same = i > 0 && owner == zone.records[i - 1].owner.wire();
    owners.push_back(same ? owners.back() : NodeOf(dns::ToLowerAscii(owner)));
  }
  GroupRecords(zone, owners);
  FindCuts();
}

ZoneIndex::NodeId ZoneIndex::NodeOf(absl::string_view lower_name) {
  std::vector<absl::string_view> missing;
  NodeId parent = Find(lower_name);
  for (absl::string_view name = lower_name; parent == kNone; parent = Find(name)) {
    missing.push_back(name);
    name = Parent(name);
  }
  for (; !missing.empty(); missing.pop_back()) {
    names_.emplace_back(missing.back());
    Node node;
    node.name = names_.back();
    node.parent = parent;
    parent = static_cast<NodeId>(nodes_.size());
    ids_[node.name] = parent;
    nodes_.push_back(node);
  }
  return parent;
}

void ZoneIndex::GroupRecords(const snapshot::Zone& zone, const std::vector<NodeId>& owners) {
  std::vector<Place> places;
  places.reserve(owners.size());
  for (uint32_t i = 0; i < owners.size(); ++i) {
    const dns::Record& record = zone.records[i];
    places.push_back({uint64_t{owners[i]} << 32 | uint64_t{record.type} << 16 | Covers(record), i});
  }
  std::sort(places.begin(), places.end());
  order_.reserve(places.size());
  for (const Place& place : places) order_.push_back(place.record);
  for (size_t i = 0; i < places.size();) {
    size_t end = i + 1;
    while (end < places.size() && places[end].node_type_covers == places[i].node_type_covers) ++end;
    const NodeId id = owners[order_[i]];
    Node& node = nodes_[id];
    if (node.rrset_count++ == 0) node.first_rrset = static_cast<uint32_t>(rrsets_.size());
    rrsets_.push_back({id, zone.records[order_[i]].type, absl::MakeConstSpan(order_).subspan(i, end - i)});
    i = end;
  }
}

void ZoneIndex::FindCuts() {
  for (NodeId id = 1; id < nodes_.size(); ++id) {
    Node& node = nodes_[id];
    const Node& parent = nodes_[node.parent];
    node.cut = parent.cut;
    if (node.cut == kNone && FindRRset(id, dns::rr_type::kNS) != nullptr) node.cut = id;
    node.dname_above = parent.dname_above;
    if (node.dname_above == kNone && FindRRset(node.parent, dns::rr_type::kDNAME) != nullptr) {
      node.dname_above = node.parent;
    }
  }
}

const ZoneIndex::RRset* ZoneIndex::FindRRset(NodeId node, uint16_t type) const {
  for (const RRset& rrset : RRsetsOf(node)) {
    if (rrset.type == type) return &rrset;
  }
  return nullptr;
}

ZoneIndex::NodeId ZoneIndex::Find(absl::string_view name) const {
  const auto found = ids_.find(dns::ToLowerAscii(name));
  return found == ids_.end() ? kNone : found->second;
}

ZoneIndex::NodeId ZoneIndex::FindAnswering(absl::string_view name) const {
  NodeId id = Find(name);
  if (id != kNone) return id;
  NodeId encloser = kNone;
  for (; encloser == kNone; encloser = Find(name)) name = Parent(name);
  return Find(absl::StrCat("\1*", nodes_[encloser].name));
}

bool ZoneIndex::IsInZone(absl::string_view name) const {
  while (name.size() > names_[0].size()) name = Parent(name);
  return dns::NamesEqual(name, names_[0]);
}

}  // namespace strata::zonec
