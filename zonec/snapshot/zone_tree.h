// A zone's records by name and RRset, in canonical order: what its checks walk through and its snapshot is written
// from.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
#define STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/zone.h"

namespace strata::snapshot {

// Every owner within the zone and every name between it and the apex (the empty non-terminals) is a node. Records
// outside of the origin have none. Takes time that grows linearly but for the sorting of labels below one name.
//
// Refers to the zone, which must stay where it is, and to which nothing must be added, while the tree lives. Not
// changed after it is made. Move only.
class ZoneTree {
 public:
  using NodeId = uint32_t;  // kNone: no node

  // Nodes are numbered in canonical order (RFC 4034 §6.1), so parents come before their children. The apex, whether it
  // owns records or not, is node 0.
  struct Node {
    absl::string_view name;  // wire form, lower case
    NodeId parent = kNone;
    // The highest delegation point at this name or above, below the apex (RFC 1034 §4.2.1).
    NodeId cut = kNone;
    // The highest name above this one that owns a DNAME.
    NodeId dname_above = kNone;
    NodeId wildcard = kNone;  // the child "*"
    NameTree::Id id = 0;      // in Zone::names()
    uint32_t first_rrset = 0;
    uint32_t rrset_count = 0;
  };

  // The records of one owner and type, and for RRSIG one type covered.
  struct RRset {
    NodeId node;
    uint16_t type;
    uint16_t covers;  // 0 but for RRSIG
    // Numbers into Zone::records(), ascending.
    absl::Span<const uint32_t> records;
  };

  explicit ZoneTree(const Zone& zone);
  ZoneTree(ZoneTree&&) = default;
  ZoneTree& operator=(ZoneTree&&) = default;

  const Zone& zone() const { return *zone_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  // By node, and within a node by type and type covered.
  const std::vector<RRset>& rrsets() const { return rrsets_; }
  absl::Span<const RRset> RRsetsOf(NodeId node) const {
    return absl::MakeConstSpan(rrsets_).subspan(nodes_[node].first_rrset, nodes_[node].rrset_count);
  }
  // The first of the type, or nullptr.
  const RRset* FindRRset(NodeId node, uint16_t type) const;

  // The node of a valid wire-form name in any case, or kNone.
  NodeId Find(absl::string_view name) const;
  // The name's node or the nearest above it. REQUIRES: the name is within the origin.
  NodeId FindEncloser(absl::string_view name) const;
  // The node whose records answer for a name: its own, or the wildcard's that covers it (RFC 4592 §3.3.1); kNone when
  // the name does not exist. REQUIRES: the name is within the origin.
  NodeId FindAnswering(absl::string_view name) const;
  bool IsInZone(absl::string_view name) const;
  // Whether the record's owner is.
  bool IsInZone(const ZoneRecord& record) const { return node_of_[record.owner] != kNone; }

  // The node of a name of the zone, or kNone.
  NodeId NodeOf(NameTree::Id name) const { return node_of_[name]; }
  // The name's node or the nearest above it. REQUIRES: the name is within the origin.
  NodeId EncloserOf(NameTree::Id name) const {
    while (node_of_[name] == kNone) name = zone_->names().parent(name);
    return node_of_[name];
  }
  // As FindAnswering().
  NodeId AnsweringOf(NameTree::Id name) const {
    return node_of_[name] != kNone ? node_of_[name] : nodes_[EncloserOf(name)].wildcard;
  }

 private:
  void NumberNodes();
  void GroupRecords();
  void GroupNode(NodeId node, absl::Span<uint32_t> records);
  void LinkNodes();

  const Zone* zone_;
  std::vector<Node> nodes_;
  std::vector<NodeId> node_of_;  // by NameTree::Id
  std::vector<uint32_t> order_;  // numbers of records, by RRset
  std::vector<RRset> rrsets_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
