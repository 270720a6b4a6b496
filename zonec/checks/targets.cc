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

// Whether a DNAME answers for the name.
bool IsBelowDname(const snapshot::ZoneTree& tree, snapshot::NameTree::Id name) {
  const snapshot::ZoneTree::NodeId encloser = tree.EncloserOf(name);
  return tree.nodes()[encloser].dname_above != snapshot::kNone ||
         (encloser != tree.NodeOf(name) && tree.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr);
}

// "the target of this MX record, mail.example.,"
std::string Describe(const snapshot::ZoneRecord& record) {
  return absl::StrCat("the target of this ", dns::TypeToText(record.type), " record, ",
                      dns::WireNameToText(record.rdata().substr(*snapshot::TargetOffset(record.type))), ",");
}

// `number` is a record of the RRset that leads to a name within the zone.
void CheckTarget(const snapshot::ZoneTree::RRset& rrset, uint32_t number, const CheckedZone& zone,
                 Diagnostics* diagnostics) {
  const snapshot::ZoneTree& tree = zone.tree;
  const snapshot::ZoneRecord& record = zone.record(number);
  const snapshot::ZoneTree::NodeId cut = tree.nodes()[tree.EncloserOf(record.target)].cut;
  if (cut != snapshot::kNone) {
    const bool needs_glue = rrset.type == dns::rr_type::kNS && cut == rrset.node;
    if (needs_glue && !HasAddress(tree, tree.NodeOf(record.target))) {
      diagnostics->Warning(zone.position(number), "missing-glue",
                           absl::StrCat(Describe(record), " stands below the delegation and has no address here"));
    }
    return;
  }
  if (IsBelowDname(tree, record.target)) return;
  const snapshot::ZoneTree::NodeId node = tree.AnsweringOf(record.target);
  const snapshot::ZoneTree::RRset* cname =
      node == snapshot::kNone ? nullptr : tree.FindRRset(node, dns::rr_type::kCNAME);
  if (cname != nullptr) {
    diagnostics->Warning(zone.position(number), "target-is-alias",
                         absl::StrCat(Describe(record), " is an alias, which not everybody follows (RFC 2181 §10.3)"),
                         {Note{zone.position(*cname), "its CNAME record"}});
  } else if (!HasAddress(tree, node)) {
    diagnostics->Warning(zone.position(number), "no-address",
                         absl::StrCat(Describe(record), " has no address (A or AAAA) in the zone"));
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
      // "." stands for none (RFC 7505, RFC 2782).
      const bool is_root = zone.record(number).target == 0;
      if (zone.record(number).target != snapshot::kNone && !is_root) CheckTarget(rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
