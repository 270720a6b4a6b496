// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/targets.h"

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::zonec {
namespace {

bool HasAddress(const snapshot::ZoneTree& tree, snapshot::ZoneTree::NodeId node) {
  return node != snapshot::kNone &&
         (tree.FindRRset(node, dns::rr_type::kA) != nullptr || tree.FindRRset(node, dns::rr_type::kAAAA) != nullptr);
}

// The name's own node, or the nearest above that there is.
snapshot::ZoneTree::NodeId Encloser(const snapshot::ZoneTree& tree, absl::string_view name) {
  for (;;) {
    const snapshot::ZoneTree::NodeId id = tree.Find(name);
    if (id != snapshot::kNone) return id;
    name = name.substr(static_cast<uint8_t>(name[0]) + 1u);
  }
}

// Whether a DNAME answers for the name.
bool IsBelowDname(const snapshot::ZoneTree& tree, absl::string_view name) {
  const snapshot::ZoneTree::NodeId encloser = Encloser(tree, name);
  return tree.nodes()[encloser].dname_above != snapshot::kNone ||
         (encloser != tree.Find(name) && tree.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr);
}

// `target` is within the zone; `number` is the record that names it.
void CheckTarget(absl::string_view target, const snapshot::ZoneTree::RRset& rrset, uint32_t number,
                 const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneTree& tree = zone.tree;
  const std::string text =
      absl::StrCat("the target of this ", dns::TypeToText(rrset.type), " record, ", dns::WireNameToText(target), ",");
  const snapshot::ZoneTree::NodeId cut = tree.nodes()[Encloser(tree, target)].cut;
  if (cut != snapshot::kNone) {
    const bool needs_glue = rrset.type == dns::rr_type::kNS && cut == rrset.node;
    if (needs_glue && !HasAddress(tree, tree.Find(target))) {
      diagnostics->Warning(zone.position(number), "missing-glue",
                           absl::StrCat(text, " stands below the delegation and has no address here"));
    }
    return;
  }
  if (IsBelowDname(tree, target)) return;
  const snapshot::ZoneTree::NodeId node = tree.FindAnswering(target);
  const snapshot::ZoneTree::RRset* cname =
      node == snapshot::kNone ? nullptr : tree.FindRRset(node, dns::rr_type::kCNAME);
  if (cname != nullptr) {
    diagnostics->Warning(zone.position(number), "target-is-alias",
                         absl::StrCat(text, " is an alias, which not everybody follows (RFC 2181 §10.3)"),
                         {Note{zone.position(*cname), "its CNAME record"}});
  } else if (!HasAddress(tree, node)) {
    diagnostics->Warning(zone.position(number), "no-address",
                         absl::StrCat(text, " has no address (A or AAAA) in the zone"));
  }
}

}  // namespace

void CheckTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const bool checked =
        rrset.type == dns::rr_type::kNS || rrset.type == dns::rr_type::kMX || rrset.type == dns::rr_type::kSRV;
    if (!checked) continue;
    // Not served, so it does not matter what it says.
    const snapshot::ZoneTree::Node& owner = zone.tree.nodes()[rrset.node];
    const bool at_cut = owner.cut == rrset.node && rrset.type == dns::rr_type::kNS;
    if ((owner.cut != snapshot::kNone && !at_cut) || owner.dname_above != snapshot::kNone) continue;
    for (const uint32_t number : rrset.records) {
      const absl::string_view target =
          absl::string_view(zone.record(number).rdata()).substr(*snapshot::TargetOffset(rrset.type));
      // "." stands for none (RFC 7505, RFC 2782).
      if (target.size() > 1 && zone.tree.IsInZone(target)) CheckTarget(target, rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
