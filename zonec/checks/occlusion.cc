// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/occlusion.h"

#include <vector>

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

// Whether an NS record names it, by NameTree::Id.
std::vector<bool> NameServers(const CheckedZone& zone) {
  std::vector<bool> servers(zone.parsed.zone.names().size());
  for (const snapshot::ZoneRecord& record : zone.tree.records()) {
    if (record.type == dns::rr_type::kNS && record.target != snapshot::kNone) servers[record.target] = true;
  }
  return servers;
}

// Whether there may be a delegation.
bool HasDelegations(const CheckedZone& zone) {
  const std::vector<uint32_t>& all = zone.index.OfType(dns::rr_type::kNS);
  return !all.empty() && zone.tree.rrsets()[all.back()].node != 0;
}

void Report(const snapshot::ZoneTree::RRset& rrset, const snapshot::ZoneTree::RRset& above, absl::string_view check,
            const CheckedZone& zone, Diagnostics* diagnostics) {
  const auto& nodes = zone.tree.nodes();
  diagnostics->Warning(zone.position(rrset), check,
                       absl::StrCat(NameAndType(nodes[rrset.node].name, rrset.type),
                                    " is never answered: ", dns::WireNameToText(nodes[above.node].name), " has a ",
                                    above.type == dns::rr_type::kNS ? "delegation" : "DNAME"),
                       {Note{zone.position(above), "it stands here"}});
}

}  // namespace

void CheckBelowDelegations(const CheckedZone& zone, Diagnostics* diagnostics) {
  if (!HasDelegations(zone)) return;
  const std::vector<bool> servers = NameServers(zone);
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const snapshot::ZoneTree::NodeId cut = zone.tree.nodes()[rrset.node].cut;
    if (cut == snapshot::kNone || (cut == rrset.node && BelongsAtDelegation(rrset.type))) continue;
    if (IsAddress(rrset.type) && servers[zone.tree.nodes()[rrset.node].id]) continue;
    Report(rrset, *zone.tree.FindRRset(cut, dns::rr_type::kNS), "occluded-by-delegation", zone, diagnostics);
  }
}

void CheckBelowDnames(const CheckedZone& zone, Diagnostics* diagnostics) {
  if (zone.index.OfType(dns::rr_type::kDNAME).empty()) return;
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const snapshot::ZoneTree::Node& node = zone.tree.nodes()[rrset.node];
    // Below a delegation, the delegation is what matters.
    if (node.dname_above == snapshot::kNone || node.cut != snapshot::kNone) continue;
    Report(rrset, *zone.tree.FindRRset(node.dname_above, dns::rr_type::kDNAME), "occluded-by-dname", zone, diagnostics);
  }
}

}  // namespace strata::zonec
