// A zone's records by name and RRset, in canonical order: what its checks walk through and its snapshot is written
// from.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
#define STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/huge_pages.h"
#include "base/prefetch.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/zone.h"

namespace strata::snapshot {

// Every owner within the zone and every name between it and the apex (the empty non-terminals) is a node. Records
// outside of the origin have none. Takes time that grows linearly but for the sorting of labels below one name.
//
// Has the records in its own order, so that walking through them is walking through memory. Refers to the zone's names
// and RDATA: it must stay where it is, and nothing must be added to it, while the tree lives. Move only.
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
    bool owns_ns = false;
    bool owns_dname = false;
  };

  // The numbers of adjacent records().
  class RecordRange {
   public:
    class Iterator {
     public:
      explicit Iterator(uint32_t number) : number_(number) {}
      uint32_t operator*() const { return number_; }
      Iterator& operator++() {
        ++number_;
        return *this;
      }
      friend bool operator==(const Iterator& a, const Iterator& b) = default;

     private:
      uint32_t number_;
    };

    RecordRange(uint32_t first, uint32_t size) : first_(first), size_(size) {}
    Iterator begin() const { return Iterator(first_); }
    Iterator end() const { return Iterator(first_ + size_); }
    size_t size() const { return size_; }
    uint32_t operator[](size_t i) const { return first_ + static_cast<uint32_t>(i); }
    // Without the first.
    RecordRange rest() const { return {first_ + 1, size_ - 1}; }

   private:
    uint32_t first_;
    uint32_t size_;
  };

  // The records of one owner and type, and for RRSIG one type covered; in the order in which they were added.
  struct RRset {
    NodeId node;
    uint16_t type;
    uint16_t covers;  // 0 but for RRSIG
    RecordRange records;
  };

  explicit ZoneTree(Zone* zone);
  ZoneTree(ZoneTree&&) = default;
  ZoneTree& operator=(ZoneTree&&) = default;

  const Zone& zone() const { return *zone_; }
  const base::HugePageVector<Node>& nodes() const { return nodes_; }
  // By node, and within a node by type and type covered.
  const base::HugePageVector<RRset>& rrsets() const { return rrsets_; }
  absl::Span<const RRset> RRsetsOf(NodeId node) const {
    return absl::MakeConstSpan(rrsets_).subspan(nodes_[node].first_rrset, nodes_[node].rrset_count);
  }
  // By RRset; those outside of the zone come last.
  const base::HugePageVector<ZoneRecord>& records() const { return records_; }
  // The place of a record in Zone::records().
  uint32_t PlaceInZone(uint32_t record) const { return places_[record]; }
  // Frees the memory that PlaceInZone() needs.
  void DropPlaces() { places_ = {}; }
  // Frees the memory of the RRsets before `rrset` and of their records, for which nobody asks any more.
  void DropBefore(uint32_t rrset) {
    dropped_rrsets_.Before(rrset, &rrsets_);
    dropped_records_.Before(rrsets_[rrset].records[0], &records_);
  }
  // For who looks at the RDATA of one record after the other: they lie in the order of the text, so those of a record
  // to come are fetched meanwhile.
  void PrefetchBehind(uint32_t record) const {
    constexpr uint32_t kAhead = 12;
    if (record + kAhead < records_.size()) Prefetch(record + kAhead);
  }
  // The same for who asks for the nodes of their targets.
  void PrefetchTargetBehind(uint32_t record) const {
    constexpr uint32_t kAhead = 12;
    if (record + kAhead >= records_.size()) return;
    const NameTree::Id target = records_[record + kAhead].target;
    if (target != kNone) base::Prefetch(&node_of_[target]);
  }
  void Prefetch(uint32_t record) const { base::Prefetch(records_[record].rdata_octets); }
  void set_ttl(uint32_t record, uint32_t ttl) { records_[record].ttl = ttl; }
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
  // Of the records from `first` up to `end`, which are the node's.
  void GroupNode(NodeId node, uint32_t first, uint32_t end);
  void SortNode(uint32_t first, uint32_t end);
  void LinkNodes();

  const Zone* zone_;
  base::HugePageVector<Node> nodes_;
  base::HugePageVector<NodeId> node_of_;  // by NameTree::Id
  base::HugePageVector<ZoneRecord> records_;
  base::HugePageVector<uint32_t> places_;  // by record
  base::HugePageVector<RRset> rrsets_;
  base::FrontRelease dropped_rrsets_, dropped_records_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
