// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/occlusion.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

bool IsAddress(uint16_t type) { return type == dns::rr_type::kA || type == dns::rr_type::kAAAA; }

// What the parent's side of a delegation holds (RFC 4035 §2.6 and RFC 1034 §4.2.1).
bool BelongsAtDelegation(uint16_t type) {
  return type == dns::rr_type::kNS || type == dns::rr_type::kDS || type == dns::rr_type::kNSEC ||
         type == dns::rr_type::kRRSIG;
}

// The nodes that NS records name.
absl::flat_hash_set<snapshot::ZoneTree::NodeId> NameServers(const CheckedZone& zone) {
  absl::flat_hash_set<snapshot::ZoneTree::NodeId> servers;
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    if (rrset.type != dns::rr_type::kNS) continue;
    for (const uint32_t number : rrset.records) servers.insert(zone.tree.Find(zone.record(number).rdata()));
  }
  return servers;
}

void Report(const snapshot::ZoneTree::RRset& rrset, const snapshot::ZoneTree::RRset& above, absl::string_view check,
            const CheckedZone& zone, Diagnostics* diagnostics) {
  const std::vector<snapshot::ZoneTree::Node>& nodes = zone.tree.nodes();
  diagnostics->Warning(zone.position(rrset), check,
                       absl::StrCat(NameAndType(nodes[rrset.node].name, rrset.type),
                                    " is never answered: ", dns::WireNameToText(nodes[above.node].name), " has a ",
                                    above.type == dns::rr_type::kNS ? "delegation" : "DNAME"),
                       {Note{zone.position(above), "it stands here"}});
}

}  // namespace

void CheckBelowDelegations(const CheckedZone& zone, Diagnostics* diagnostics) {
  const absl::flat_hash_set<snapshot::ZoneTree::NodeId> servers = NameServers(zone);
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const snapshot::ZoneTree::NodeId cut = zone.tree.nodes()[rrset.node].cut;
    if (cut == snapshot::kNone || (cut == rrset.node && BelongsAtDelegation(rrset.type))) continue;
    if (IsAddress(rrset.type) && servers.contains(rrset.node)) continue;
    Report(rrset, *zone.tree.FindRRset(cut, dns::rr_type::kNS), "occluded-by-delegation", zone, diagnostics);
  }
}

void CheckBelowDnames(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const snapshot::ZoneTree::Node& node = zone.tree.nodes()[rrset.node];
    // Below a delegation, the delegation is what matters.
    if (node.dname_above == snapshot::kNone || node.cut != snapshot::kNone) continue;
    Report(rrset, *zone.tree.FindRRset(node.dname_above, dns::rr_type::kDNAME), "occluded-by-dname", zone, diagnostics);
  }
}

}  // namespace strata::zonec
