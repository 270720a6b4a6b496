// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone_tree.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "dns/header.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::snapshot {
namespace {

using dns::Record;

// A record with what it is sorted by.
struct Row {
  std::string order;  // of the owner, see OwnerOrder()
  uint16_t covers;
  std::string canonical_rdata;
  Record* record;

  friend bool operator<(const Row& a, const Row& b) {
    if (const int owners = a.order.compare(b.order); owners != 0) return owners < 0;
    if (a.record->type != b.record->type) return a.record->type < b.record->type;
    if (a.covers != b.covers) return a.covers < b.covers;
    return a.canonical_rdata < b.canonical_rdata;
  }
};

// Octets that compare, as a plain string, as the name does in canonical order (RFC 4034 §6.1): the labels from the
// right, each ended by 0, which sorts a parent before its children; 0 and 1 inside a label become 1 1 and 1 2.
std::string OwnerOrder(absl::string_view lower_wire) {
  uint8_t starts[dns::kMaxLabels];
  int labels = 0;
  for (size_t at = 0; lower_wire[at] != 0; at += static_cast<uint8_t>(lower_wire[at]) + 1u) {
    starts[labels++] = static_cast<uint8_t>(at);
  }
  std::string out;
  out.reserve(lower_wire.size());
  while (labels > 0) {
    const size_t at = starts[--labels];
    for (char c : lower_wire.substr(at + 1, static_cast<uint8_t>(lower_wire[at]))) {
      if (static_cast<uint8_t>(c) <= 1) {
        out.push_back('\1');
        ++c;
      }
      out.push_back(c);
    }
    out.push_back('\0');
  }
  return out;
}

absl::Status Invalid(const Record& record, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(record.owner.ToText(), " ", dns::TypeToText(record.type), ": ", what));
}

absl::Status CheckRecord(const Record& record, const Zone& zone) {
  if (!record.owner.IsSubdomainOf(zone.origin)) {
    return Invalid(record, absl::StrCat("the owner is outside the zone ", zone.origin.ToText()));
  }
  if (record.rr_class != zone.records[0].rr_class) return Invalid(record, "a zone has one class only");
  if (dns::IsMetaType(record.type)) return Invalid(record, "a meta type cannot stand in a zone");
  if (!dns::IsValidRdata(record.type, record.rdata)) return Invalid(record, "malformed RDATA");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Row>> SortedRows(Zone* zone) {
  std::vector<Row> rows;
  rows.reserve(zone->records.size());
  for (Record& record : zone->records) {
    STRATA_RETURN_IF_ERROR(CheckRecord(record, *zone));
    record.owner = record.owner.Lowercased();
    const uint16_t covers = record.type == dns::rr_type::kRRSIG ? dns::GetU16(record.rdata, 0) : 0;
    rows.push_back({OwnerOrder(record.owner.wire()), covers, dns::CanonicalRdata(record.type, record.rdata), &record});
  }
  // Of records that differ in the case of a name only, the same one must stay whatever order they came in.
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a < b || b < a) return a < b;
    if (a.record->rdata != b.record->rdata) return a.record->rdata < b.record->rdata;
    return a.record->ttl < b.record->ttl;
  });
  // Those that differ in their TTL too are for AddRow() to refuse.
  auto same = [](const Row& a, const Row& b) { return !(a < b) && !(b < a) && a.record->ttl == b.record->ttl; };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  return rows;
}

// Adds nodes in canonical order and links each to its parent, its zone cut and its wildcard.
class TreeGrower {
 public:
  TreeGrower(const dns::Name& origin, ZoneTree* tree) : tree_(*tree) {
    tree_.nodes.push_back({});
    tree_.nodes[0].name = dns::ToLowerAscii(origin.wire());
    path_.push_back(0);
  }

  // The node of `name`, made with its missing ancestors if it is new. REQUIRES: names come in canonical order.
  uint32_t NodeOf(const dns::Name& name) {
    while (!name.IsSubdomainOf(NameOf(path_.back()))) path_.pop_back();
    std::vector<dns::Name> missing;
    const dns::Name top = NameOf(path_.back());
    for (dns::Name n = name; n != top; n = n.Parent()) missing.push_back(n);
    for (; !missing.empty(); missing.pop_back()) Add(missing.back());
    return path_.back();
  }

  // REQUIRES: the node's RRsets are all there, and no node below it yet.
  void Seal(uint32_t id) {
    TreeNode& node = tree_.nodes[id];
    if (Owns(node, dns::rr_type::kCNAME)) node.flags |= kHasCname;
    if (Owns(node, dns::rr_type::kDNAME)) node.flags |= kHasDname;
    if (id != 0 && node.cut == kNone && Owns(node, dns::rr_type::kNS)) node.cut = id;
  }

 private:
  dns::Name NameOf(uint32_t id) const { return *dns::Name::FromWire(tree_.nodes[id].name); }

  bool Owns(const TreeNode& node, uint16_t type) const {
    for (uint32_t i = 0; i < node.rrset_count; ++i) {
      if (tree_.rrsets[node.first_rrset + i].type == type) return true;
    }
    return false;
  }

  void Add(const dns::Name& name) {
    const auto id = static_cast<uint32_t>(tree_.nodes.size());
    const uint32_t parent = path_.back();
    TreeNode node;
    node.name = std::string(name.wire());
    node.parent = parent;
    node.cut = tree_.nodes[parent].cut;
    if ((tree_.nodes[parent].flags & (kHasDname | kBelowDname)) != 0) node.flags |= kBelowDname;
    node.first_rrset = static_cast<uint32_t>(tree_.rrsets.size());
    if (name.IsWildcard()) tree_.nodes[parent].wildcard = id;
    tree_.nodes.push_back(std::move(node));
    path_.push_back(id);
  }

  ZoneTree& tree_;
  std::vector<uint32_t> path_;  // from the apex down to the node added last
};

absl::Status AddRow(Row* row, uint32_t node_id, ZoneTree* tree) {
  TreeNode& node = tree->nodes[node_id];
  const Record& record = *row->record;
  TreeRRset* last = node.rrset_count == 0 ? nullptr : &tree->rrsets.back();
  if (last == nullptr || last->type != record.type || last->covers != row->covers) {
    if (node.rrset_count == 65535) return Invalid(record, "more than 65535 RRsets at one name");
    tree->rrsets.push_back({record.type, row->covers, record.ttl, kNone, {}, {}});
    last = &tree->rrsets.back();
    ++node.rrset_count;
  }
  if (last->ttl != record.ttl) {
    return Invalid(record, absl::StrCat("TTLs ", last->ttl, " and ", record.ttl, " in one RRset (RFC 2181 §5.2)"));
  }
  if (last->rdatas.size() == 65535) return Invalid(record, "more than 65535 records in one RRset");
  last->rdatas.push_back(std::move(row->record->rdata));
  last->canonical_rdatas.push_back(std::move(row->canonical_rdata));
  ++tree->record_count;
  return absl::OkStatus();
}

void LinkSignatures(ZoneTree* tree) {
  for (const TreeNode& node : tree->nodes) {
    for (uint32_t i = node.first_rrset; i < node.first_rrset + node.rrset_count; ++i) {
      if (tree->rrsets[i].type != dns::rr_type::kRRSIG) continue;
      for (uint32_t j = node.first_rrset; j < node.first_rrset + node.rrset_count; ++j) {
        TreeRRset& covered = tree->rrsets[j];
        if (covered.type == tree->rrsets[i].covers && covered.type != dns::rr_type::kRRSIG) covered.signatures = i;
      }
    }
  }
}

// The serial of the one SOA record at the apex.
absl::StatusOr<uint32_t> SerialOf(const ZoneTree& tree) {
  const TreeRRset* soa = nullptr;
  const uint32_t at_apex = tree.nodes[0].rrset_count;
  for (uint32_t i = 0; i < tree.rrsets.size(); ++i) {
    if (tree.rrsets[i].type != dns::rr_type::kSOA) continue;
    if (i >= at_apex) return absl::InvalidArgumentError("an SOA record below the zone's apex");
    soa = &tree.rrsets[i];
  }
  if (soa == nullptr) return absl::InvalidArgumentError("the zone has no SOA record at its apex");
  if (soa->rdatas.size() != 1) return absl::InvalidArgumentError("the zone has more than one SOA record");
  const absl::string_view numbers = absl::string_view(soa->rdatas[0]).substr(soa->rdatas[0].size() - 20);
  return static_cast<uint32_t>(dns::GetU16(numbers, 0)) << 16 | dns::GetU16(numbers, 2);
}

}  // namespace

absl::StatusOr<ZoneTree> BuildZoneTree(Zone zone) {
  if (zone.records.empty()) return absl::InvalidArgumentError("the zone has no records");
  STRATA_ASSIGN_OR_RETURN(std::vector<Row> rows, SortedRows(&zone));
  ZoneTree tree;
  tree.rr_class = zone.records[0].rr_class;
  TreeGrower grower(zone.origin, &tree);
  uint32_t node = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].order != rows[i - 1].order) {
      if (i > 0) grower.Seal(node);
      node = grower.NodeOf(rows[i].record->owner);
    }
    STRATA_RETURN_IF_ERROR(AddRow(&rows[i], node, &tree));
  }
  grower.Seal(node);
  LinkSignatures(&tree);
  STRATA_ASSIGN_OR_RETURN(tree.serial, SerialOf(tree));
  return tree;
}

}  // namespace strata::snapshot
