// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_lookup.h"

#include "dns/rr_type.h"

namespace strata::authority {
namespace {

using snapshot::kNone;
using snapshot::NodeEntry;
using snapshot::NodeId;
using snapshot::SnapshotReader;

// Whether `ancestor` is `node` or stands above it. Nodes are numbered parents first, so the way up only descends.
bool IsAtOrAbove(const SnapshotReader& zone, NodeId ancestor, NodeId node) {
  while (node != kNone && node > ancestor && node < zone.node_count()) node = zone.node(node).parent;
  return node == ancestor;
}

// The DNAME nearest the apex among `node` and its ancestors, or kNone. What is below it does not exist (RFC 6672 §2.4).
NodeId TopmostDname(const SnapshotReader& zone, NodeId node) {
  NodeId top = kNone;
  while (node != kNone && node < zone.node_count()) {
    const NodeEntry entry = zone.node(node);
    if ((entry.flags & snapshot::kHasDname) != 0) top = node;
    if (entry.parent >= node) break;
    node = entry.parent;
  }
  return top;
}

// Types that are asked of the alias itself, not of what it stands for (RFC 1034 §3.6.2, RFC 4035 §2.5).
bool LivesBesideCname(uint16_t type) {
  return type == dns::rr_type::kCNAME || type == dns::rr_type::kANY || type == dns::rr_type::kRRSIG ||
         type == dns::rr_type::kNSEC;
}

// Step 3a, and 3c for a wildcard: the name is matched by `node`.
LookupKind MatchType(const SnapshotReader& zone, const NodeEntry& node, uint16_t type) {
  if ((node.flags & snapshot::kHasCname) != 0 && !LivesBesideCname(type)) return LookupKind::kCname;
  const bool owned = type == dns::rr_type::kANY ? node.rrset_count != 0 : zone.FindRRset(node, type).has_value();
  return owned ? LookupKind::kAnswer : LookupKind::kNoData;
}

}  // namespace

LookupResult LookupInZone(const SnapshotReader& zone, const dns::LookupName& name, uint16_t type) {
  // The name's node, or that of its closest encloser (RFC 4592 §3.3.1).
  int missing_labels = 0;
  NodeId id = zone.Find(name);
  // An owner of nothing but NSEC3 records is no name of the zone (RFC 5155 §7.2.8).
  const auto is_missing = [&] { return id == kNone || (zone.node(id).flags & snapshot::kHashOnly) != 0; };
  while (is_missing() && missing_labels < name.label_count()) id = zone.Find(name, ++missing_labels);
  if (id == kNone) return {};
  const bool exact = missing_labels == 0;
  const NodeEntry node = zone.node(id);

  // Step 3b: a zone cut at the name or above it. DS belongs to the parent's side of the cut (RFC 4035 §3.1.4.1).
  NodeId cut = node.cut;
  if (exact && cut == id && type == dns::rr_type::kDS) cut = kNone;

  // RFC 6672 §3.2, step 3C: a DNAME above the name. At the name itself it is a record like any other.
  const bool below_dname =
      (node.flags & snapshot::kBelowDname) != 0 || (!exact && (node.flags & snapshot::kHasDname) != 0);
  if (below_dname) {
    const NodeId dname = TopmostDname(zone, exact ? node.parent : id);
    if (dname != kNone && (cut == kNone || !IsAtOrAbove(zone, cut, dname))) return {LookupKind::kDname, dname, false};
  }
  if (cut != kNone && cut < zone.node_count()) return {LookupKind::kDelegation, cut, false};

  if (exact) return {MatchType(zone, node, type), id, false};

  // Step 3c: the wildcard of the closest encloser.
  if (node.wildcard == kNone || node.wildcard >= zone.node_count()) return {LookupKind::kNxDomain, id, false};
  return {MatchType(zone, zone.node(node.wildcard), type), node.wildcard, true};
}

}  // namespace strata::authority
