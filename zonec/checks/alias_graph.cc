// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/alias_graph.h"

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::zonec {
namespace {

// More in a row nobody has, unless they go round in circles.
constexpr int kMaxDnames = 16;

using NodeId = snapshot::ZoneTree::NodeId;

// The node whose DNAME rewrites the name, or kNone. `encloser` is the name's.
NodeId DnameOf(const snapshot::ZoneTree& tree, NodeId encloser, bool is_node) {
  const NodeId above = tree.nodes()[encloser].dname_above;
  if (above != snapshot::kNone) return above;
  return !is_node && tree.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr ? encloser : snapshot::kNone;
}

// kNone: it is not in the zone.
NodeId FindEncloser(const snapshot::ZoneTree& tree, absl::string_view name) {
  return tree.IsInZone(name) ? tree.FindEncloser(name) : snapshot::kNone;
}

// The same, for a record that may know already where it leads.
NodeId EncloserOfTarget(const snapshot::ZoneTree& tree, const snapshot::ZoneRecord& record, absl::string_view target) {
  if (!snapshot::TargetOffset(record.type)) return FindEncloser(tree, target);
  return record.target == snapshot::kNone ? snapshot::kNone : tree.EncloserOf(record.target);
}

bool IsServiceBinding(uint16_t type) { return type == dns::rr_type::kSVCB || type == dns::rr_type::kHTTPS; }

}  // namespace

Landing Follow(const CheckedZone& zone, const snapshot::ZoneRecord& record) {
  const snapshot::ZoneTree& tree = zone.tree;
  absl::string_view name = AliasTarget(record);
  NodeId encloser = EncloserOfTarget(tree, record, name);
  std::string rewritten;
  for (int i = 0; i < kMaxDnames && encloser != snapshot::kNone; ++i) {
    const snapshot::ZoneTree::Node& node = tree.nodes()[encloser];
    if (node.cut != snapshot::kNone) return {};
    const bool is_node = node.name.size() == name.size();
    const NodeId dname = DnameOf(tree, encloser, is_node);
    if (dname == snapshot::kNone) {
      const NodeId answering = is_node ? encloser : node.wildcard;
      if (answering == snapshot::kNone) return {.kind = Landing::Kind::kNoName};
      return {.kind = Landing::Kind::kNode, .node = answering};
    }
    const absl::string_view target = zone.record(tree.FindRRset(dname, dns::rr_type::kDNAME)->records[0]).rdata();
    const absl::string_view prefix = name.substr(0, name.size() - tree.nodes()[dname].name.size());
    // Longer ones are answered with YXDOMAIN (RFC 6672 §2.2).
    if (prefix.size() + target.size() > dns::kMaxNameSize) return {};
    std::string next = absl::StrCat(prefix, target);
    rewritten.swap(next);
    name = rewritten;
    encloser = FindEncloser(tree, name);
  }
  return {};
}

uint32_t AliasRecord(const CheckedZone& zone, NodeId node, uint16_t type) {
  if (const snapshot::ZoneTree::RRset* cname = zone.tree.FindRRset(node, dns::rr_type::kCNAME)) {
    return cname->records[0];
  }
  if (!IsServiceBinding(type)) return snapshot::kNone;
  const snapshot::ZoneTree::RRset* const bindings = zone.tree.FindRRset(node, type);
  if (bindings == nullptr) return snapshot::kNone;
  for (const uint32_t number : bindings->records) {
    if (dns::ReadU16(zone.record(number).rdata()) == 0) return number;
  }
  return snapshot::kNone;
}

absl::string_view AliasTarget(const snapshot::ZoneRecord& record) {
  if (!IsServiceBinding(record.type)) return record.rdata();
  absl::string_view target = record.rdata().substr(2);
  target = target.substr(0, dns::WireNameSize(target));
  return target.size() > 1 ? target : absl::string_view();
}

bool IsServed(const CheckedZone& zone, NodeId node) {
  return zone.tree.nodes()[node].cut == snapshot::kNone && zone.tree.nodes()[node].dname_above == snapshot::kNone;
}

}  // namespace strata::zonec
