// A zone's records by name and RRset, for checks to walk through.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_ZONE_INDEX_H_
#define STRATA_ZONEC_CHECKS_ZONE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/name.h"
#include "zonec/snapshot/zone.h"

namespace strata::zonec {

// Every owner of the zone and every name between it and the apex (the empty non-terminals) is a node. Holds indices
// into the zone's records, which must not be added to or moved while the index lives; takes linear time to make.
class ZoneIndex {
 public:
  using NodeId = uint32_t;
  static constexpr NodeId kNone = 0xffffffff;

  struct Node {
    absl::string_view name;  // wire form, lower case
    NodeId parent = kNone;
    // The highest delegation point at this name or above, below the apex.
    NodeId cut = kNone;
    // The highest name above this one that owns a DNAME.
    NodeId dname_above = kNone;
    uint32_t first_rrset = 0;
    uint32_t rrset_count = 0;
  };

  // The records of one owner and type, and for RRSIG one type covered; numbers into the zone's records, ascending.
  struct RRset {
    NodeId node;
    uint16_t type;
    absl::Span<const uint32_t> records;
  };

  // REQUIRES: every owner is within the origin.
  explicit ZoneIndex(const snapshot::Zone& zone);
  ZoneIndex(const ZoneIndex&) = delete;
  ZoneIndex& operator=(const ZoneIndex&) = delete;

  // The apex, whether it owns records or not, is node 0. Parents come before their children.
  const std::vector<Node>& nodes() const { return nodes_; }
  // By node, and within a node by type.
  const std::vector<RRset>& rrsets() const { return rrsets_; }
  absl::Span<const RRset> RRsetsOf(NodeId node) const {
    return absl::MakeConstSpan(rrsets_).subspan(nodes_[node].first_rrset, nodes_[node].rrset_count);
  }
  // The first of the type, or nullptr.
  const RRset* FindRRset(NodeId node, uint16_t type) const;

  // The node of a wire-form name, or kNone.
  NodeId Find(absl::string_view name) const;
  // The node whose records answer for a name: its own, or the wildcard's that covers it (RFC 4592 §3.3.1); kNone when
  // the name does not exist. REQUIRES: the name is within the origin.
  NodeId FindAnswering(absl::string_view name) const;
  bool IsInZone(absl::string_view name) const;

 private:
  NodeId NodeOf(absl::string_view lower_name);
  void GroupRecords(const snapshot::Zone& zone, const std::vector<NodeId>& owners);
  void FindCuts();

  std::deque<std::string> names_;  // lower case, by node
  std::vector<Node> nodes_;
  absl::flat_hash_map<absl::string_view, NodeId> ids_;
  std::vector<uint32_t> order_;  // record numbers by RRset
  std::vector<RRset> rrsets_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_ZONE_INDEX_H_
