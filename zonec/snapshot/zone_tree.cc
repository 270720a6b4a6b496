// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone_tree.h"

#include <algorithm>

#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/sibling_sort.h"

namespace strata::snapshot {
namespace {

// Whether a name owns a record or lies above one that does, by NameTree::Id.
std::vector<bool> LiveNames(const Zone& zone) {
  std::vector<bool> live(zone.names().size());
  for (const ZoneRecord& record : zone.records()) {
    for (NameTree::Id id = record.owner; id != kNone && !live[id]; id = zone.names().parent(id)) live[id] = true;
  }
  return live;
}

// Of each live name the live names below it, in canonical order: those of `id` are all[first[id]] to
// all[first[id + 1]].
struct Children {
  base::HugePageVector<uint32_t> first;
  base::HugePageVector<Sibling> all;

  Children(const NameTree& names, const std::vector<bool>& live) : first(names.size() + 2) {
    for (NameTree::Id id = 1; id < names.size(); ++id) first[names.parent(id) + 2] += live[id];
    for (size_t i = 2; i < first.size(); ++i) first[i] += first[i - 1];
    all.resize(first.back());
    for (NameTree::Id id = 1; id < names.size(); ++id) {
      if (live[id]) all[first[names.parent(id) + 1]++] = {SiblingKey(names.name(id)), id};
    }
    SiblingSort sort(names);
    for (NameTree::Id id = 0; id < names.size(); ++id) {
      sort.Sort(absl::MakeSpan(all).subspan(first[id], first[id + 1] - first[id]));
    }
  }
};

// Names lie in the order of the text, not in that in which they are waited for: what is known of those to come is
// fetched meanwhile, in steps, for where the later ones read is known from the earlier.
void PrefetchWaiting(const NameTree& names, const Children& children, const std::vector<NameTree::Id>& waiting) {
  constexpr size_t kStep = 8;
  const auto ahead = [&](size_t steps) { return waiting[waiting.size() - 1 - steps * kStep]; };
  if (waiting.size() <= 3 * kStep) return;
  names.Prefetch(ahead(3));
  base::Prefetch(&children.first[ahead(3)]);
  const uint32_t first_child = children.first[ahead(2)];
  if (first_child < children.all.size()) base::Prefetch(&children.all[first_child]);
  // Most have one child or none, which comes at once when it has.
  const NameTree::Id near = ahead(1);
  if (children.first[near] == children.first[near + 1]) return;
  const NameTree::Id child = children.all[children.first[near]].id;
  names.Prefetch(child);
  base::Prefetch(&children.first[child]);
}

uint16_t Covers(const ZoneRecord& record) {
  return record.type == dns::rr_type::kRRSIG && record.rdata_size >= 2 ? dns::ReadU16(record.rdata()) : 0;
}

// What the records of a name are sorted by.
uint32_t RRsetKey(const ZoneRecord& record) { return uint32_t{record.type} << 16 | Covers(record); }

}  // namespace

ZoneTree::ZoneTree(Zone* zone) : zone_(zone) {
  zone->ResolveTargets();
  NumberNodes();
  GroupRecords();
  LinkNodes();
}

void ZoneTree::NumberNodes() {
  const NameTree& names = zone_->names();
  node_of_.assign(names.size(), kNone);
  const NameTree::Id apex = names.Find(zone_->origin().wire());
  const Children children(names, LiveNames(*zone_));
  // Depth first; the child that comes first lies on top.
  std::vector<NameTree::Id> waiting = {apex};
  while (!waiting.empty()) {
    PrefetchWaiting(names, children, waiting);
    const NameTree::Id id = waiting.back();
    waiting.pop_back();
    node_of_[id] = static_cast<NodeId>(nodes_.size());
    Node& node = nodes_.emplace_back();
    node.name = names.name(id);
    if (id != apex) node.parent = node_of_[names.parent(id)];
    node.id = id;
    for (uint32_t i = children.first[id + 1]; i > children.first[id]; --i) waiting.push_back(children.all[i - 1].id);
  }
}

void ZoneTree::GroupRecords() {
  const base::HugePageVector<ZoneRecord>& all = zone_->records();
  // Counted by node, then each put into its place. Those outside count as of a node behind the last.
  const auto outside = static_cast<NodeId>(nodes_.size());
  const auto node_of = [&](const ZoneRecord& record) { return IsInZone(record) ? node_of_[record.owner] : outside; };
  base::HugePageVector<uint32_t> first(nodes_.size() + 3);
  for (const ZoneRecord& record : all) ++first[node_of(record) + 2];
  for (size_t i = 2; i < first.size(); ++i) first[i] += first[i - 1];
  places_.resize(all.size());
  for (uint32_t i = 0; i < all.size(); ++i) places_[first[node_of(all[i]) + 1]++] = i;
  records_.reserve(all.size());
  for (size_t i = 0; i < places_.size(); ++i) {
    // As above, for they lie in the order of the text.
    constexpr size_t kAhead = 16;
    if (i + kAhead < places_.size()) base::Prefetch(&all[places_[i + kAhead]]);
    records_.push_back(all[places_[i]]);
  }
  rrsets_.reserve(first[outside]);
  for (NodeId node = 0; node < nodes_.size(); ++node) GroupNode(node, first[node], first[node + 1]);
}

void ZoneTree::GroupNode(NodeId id, uint32_t first, uint32_t end) {
  const auto key = [&](uint32_t i) { return RRsetKey(records_[i]); };
  bool sorted = true;
  for (uint32_t i = first + 1; i < end; ++i) sorted = sorted && key(i - 1) <= key(i);
  if (!sorted) SortNode(first, end);
  nodes_[id].first_rrset = static_cast<uint32_t>(rrsets_.size());
  for (uint32_t i = first; i < end;) {
    uint32_t next = i + 1;
    while (next < end && key(next) == key(i)) ++next;
    rrsets_.push_back(
        {id, static_cast<uint16_t>(key(i) >> 16), static_cast<uint16_t>(key(i)), RecordRange(i, next - i)});
    nodes_[id].owns_ns |= rrsets_.back().type == dns::rr_type::kNS;
    nodes_[id].owns_dname |= rrsets_.back().type == dns::rr_type::kDNAME;
    i = next;
  }
  nodes_[id].rrset_count = static_cast<uint32_t>(rrsets_.size()) - nodes_[id].first_rrset;
}

void ZoneTree::SortNode(uint32_t first, uint32_t end) {
  const base::HugePageVector<ZoneRecord>& all = zone_->records();
  std::sort(places_.begin() + first, places_.begin() + end, [&](uint32_t a, uint32_t b) {
    const uint32_t key_a = RRsetKey(all[a]), key_b = RRsetKey(all[b]);
    return key_a != key_b ? key_a < key_b : a < b;
  });
  for (uint32_t i = first; i < end; ++i) records_[i] = all[places_[i]];
}

void ZoneTree::LinkNodes() {
  for (NodeId id = 1; id < nodes_.size(); ++id) {
    Node& node = nodes_[id];
    Node& parent = nodes_[node.parent];
    node.cut = parent.cut;
    if (node.cut == kNone && node.owns_ns) node.cut = id;
    node.dname_above = parent.dname_above;
    if (node.dname_above == kNone && parent.owns_dname) node.dname_above = node.parent;
    // Few are so much longer than the name above, and the octets of the others need not be fetched.
    if (node.name.size() == parent.name.size() + 2 && node.name[1] == '*') parent.wildcard = id;
  }
}

const ZoneTree::RRset* ZoneTree::FindRRset(NodeId node, uint16_t type) const {
  for (const RRset& rrset : RRsetsOf(node)) {
    if (rrset.type == type) return &rrset;
  }
  return nullptr;
}

ZoneTree::NodeId ZoneTree::Find(absl::string_view name) const {
  const NameTree::Id id = zone_->names().Find(name);
  return id == kNone ? kNone : node_of_[id];
}

ZoneTree::NodeId ZoneTree::FindEncloser(absl::string_view name) const {
  return EncloserOf(zone_->names().FindEncloser(name));
}

ZoneTree::NodeId ZoneTree::FindAnswering(absl::string_view name) const {
  const NodeId encloser = FindEncloser(name);
  return nodes_[encloser].name.size() == name.size() ? encloser : nodes_[encloser].wildcard;
}

bool ZoneTree::IsInZone(absl::string_view name) const { return dns::IsSubdomain(name, zone_->origin().wire()); }

}  // namespace strata::snapshot
