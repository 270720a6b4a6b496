// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/alias_loops.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/alias_graph.h"

namespace strata::zonec {
namespace {

using NodeId = snapshot::ZoneTree::NodeId;

constexpr size_t kMaxShown = 8;

// One hop: the record that makes it, and the alias that it leads to, or kNone.
struct Hop {
  uint32_t record = snapshot::kNone;
  NodeId next = snapshot::kNone;
};

// From a CNAME, or a service binding of the type in AliasMode.
Hop HopOfAlias(const CheckedZone& zone, NodeId node, uint16_t type) {
  Hop hop = {.record = AliasRecord(zone, node, type)};
  if (hop.record == snapshot::kNone) return hop;
  const snapshot::ZoneRecord& record = zone.record(hop.record);
  const Landing landing = AliasTarget(record).empty() ? Landing() : Follow(zone, record);
  if (landing.kind == Landing::Kind::kNode && AliasRecord(zone, landing.node, type) != snapshot::kNone) {
    hop.next = landing.node;
  }
  return hop;
}

// From a DNAME: to the one that rewrites the names below its target again.
Hop HopOfDname(const CheckedZone& zone, NodeId node, uint16_t) {
  const snapshot::ZoneTree& tree = zone.tree;
  Hop hop = {.record = tree.FindRRset(node, dns::rr_type::kDNAME)->records[0]};
  const absl::string_view target = zone.record(hop.record).rdata();
  if (!tree.IsInZone(target)) return hop;
  const NodeId encloser = tree.FindEncloser(target);
  if (tree.nodes()[encloser].cut != snapshot::kNone) return hop;
  hop.next = tree.nodes()[encloser].dname_above;
  if (hop.next == snapshot::kNone && tree.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr) hop.next = encloser;
  return hop;
}

struct Kind {
  absl::string_view check;
  uint16_t type;
  Hop (*hop)(const CheckedZone& zone, NodeId node, uint16_t type);
  absl::string_view what, rfc;
};

constexpr Kind kKinds[] = {
    {"cname-loop", dns::rr_type::kCNAME, HopOfAlias, "this alias", "RFC 1034 §3.6.2"},
    {"dname-loop", dns::rr_type::kDNAME, HopOfDname, "this DNAME", "RFC 6672 §2.2"},
    {"svcb-alias-loop", dns::rr_type::kSVCB, HopOfAlias, "this SVCB alias", "RFC 9460 §2.4.2"},
    {"svcb-alias-loop", dns::rr_type::kHTTPS, HopOfAlias, "this HTTPS alias", "RFC 9460 §2.4.2"},
};

// The loops of one kind. Each node has one way out, so a walk from every one, marking what it meets, is linear.
class LoopSearch {
 public:
  LoopSearch(const Kind& kind, const CheckedZone& zone, Diagnostics* diagnostics)
      : kind_(kind), zone_(zone), diagnostics_(diagnostics) {}

  void WalkFrom(NodeId start) {
    // Most aliases lead to no other one.
    if (kind_.hop(zone_, start, kind_.type).next == snapshot::kNone) return;
    std::vector<std::pair<NodeId, uint32_t>> way;  // nodes and their records
    NodeId node = start;
    while (node != snapshot::kNone) {
      const auto [met, is_new] = walk_of_.emplace(node, start);
      if (!is_new) {
        if (met->second == start) Report(node, way);
        return;
      }
      const Hop hop = kind_.hop(zone_, node, kind_.type);
      way.emplace_back(node, hop.record);
      node = hop.next;
    }
  }

 private:
  std::string Name(NodeId node) const { return dns::WireNameToText(zone_.tree.nodes()[node].name); }

  // The loop is the end of the way, from the node on.
  void Report(NodeId node, std::vector<std::pair<NodeId, uint32_t>> way) {
    way.erase(way.begin(), std::find_if(way.begin(), way.end(), [&](const auto& hop) { return hop.first == node; }));
    const auto of_kind = [&](const auto& hop) { return zone_.record(hop.second).type == kind_.type; };
    // One of CNAMEs alone is told as such.
    if (std::none_of(way.begin(), way.end(), of_kind)) return;
    const auto before = [&](const auto& a, const auto& b) {
      return zone_.tree.PlaceInZone(a.second) < zone_.tree.PlaceInZone(b.second);
    };
    std::rotate(way.begin(), std::min_element(way.begin(), way.end(), before), way.end());
    std::string names;
    std::vector<Note> notes;
    for (size_t i = 1; i < way.size() && i < kMaxShown; ++i) {
      absl::StrAppend(&names, Name(way[i].first), ", ");
      notes.push_back({zone_.position(way[i].second), absl::StrCat("by ", Name(way[i].first))});
    }
    if (way.size() > kMaxShown) absl::StrAppend(&names, "... (", way.size(), " in all), ");
    diagnostics_->Warning(zone_.position(way[0].second), kind_.check,
                          absl::StrCat(kind_.what, " of ", Name(way[0].first), " leads back to itself",
                                       way.size() == 1 ? "" : absl::StrCat(", by ", names.substr(0, names.size() - 2)),
                                       ": it can never be answered (", kind_.rfc, ")"),
                          std::move(notes));
  }

  const Kind& kind_;
  const CheckedZone& zone_;
  Diagnostics* diagnostics_;
  absl::flat_hash_map<NodeId, NodeId> walk_of_;  // the start of the walk that met a node
};

}  // namespace

void CheckAliasLoops(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const Kind& kind : kKinds) {
    LoopSearch search(kind, zone, diagnostics);
    for (const uint32_t i : zone.index.OfType(kind.type)) {
      const NodeId node = zone.tree.rrsets()[i].node;
      if (IsServed(zone, node)) search.WalkFrom(node);
    }
  }
}

}  // namespace strata::zonec
