// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/delegations.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

using NodeId = snapshot::ZoneTree::NodeId;
using RRset = snapshot::ZoneTree::RRset;

bool OwnsAny(const snapshot::ZoneTree& tree, NodeId node, std::initializer_list<uint16_t> types) {
  for (const RRset& rrset : tree.RRsetsOf(node)) {
    for (const uint16_t type : types) {
      if (rrset.type == type) return true;
    }
  }
  return false;
}

// Whether nobody can find the name server that the record names.
bool IsLame(const CheckedZone& zone, const snapshot::ZoneRecord& ns) {
  if (ns.target == snapshot::kNone) return false;  // other zones may know
  const snapshot::ZoneTree& tree = zone.tree;
  const snapshot::ZoneTree::Node& encloser = tree.nodes()[tree.EncloserOf(ns.target)];
  const bool is_below_cut = encloser.cut != snapshot::kNone;
  // Only what stands here is glue; a wildcard, or what a DNAME makes, is none.
  const NodeId node = is_below_cut ? tree.NodeOf(ns.target) : tree.AnsweringOf(ns.target);
  if (node == snapshot::kNone) return is_below_cut || encloser.dname_above == snapshot::kNone;
  return !OwnsAny(tree, node, {dns::rr_type::kA, dns::rr_type::kAAAA, dns::rr_type::kCNAME});
}

}  // namespace

void CheckApexServers(const CheckedZone& zone, Diagnostics* diagnostics) {
  const RRset* const servers = zone.tree.FindRRset(0, dns::rr_type::kNS);
  if (servers == nullptr) return;
  if (servers->records.size() == 1) {
    diagnostics->Warning(zone.position(*servers), "single-ns",
                         "the zone has one name server; when that is down, nobody finds the zone (RFC 2182 §5)");
  }
  size_t lame = 0, below_cut = 0;
  for (const uint32_t number : servers->records) {
    const snapshot::ZoneRecord& ns = zone.record(number);
    if (!IsLame(zone, ns)) return;
    ++lame;
    below_cut += zone.tree.nodes()[zone.tree.EncloserOf(ns.target)].cut != snapshot::kNone;
  }
  if (lame == 1 && below_cut == 0) return;
  diagnostics->Warning(zone.position(*servers), "lame-apex",
                       lame == 1
                           ? "the zone's only name server is in the zone and has no address here, so nobody finds it"
                           : absl::StrCat("all ", lame, " name servers of the zone are in the zone and have no ",
                                          "address here, so nobody finds it"));
}

void CheckDsStandsAtDelegation(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfType(dns::rr_type::kDS)) {
    const RRset& ds = zone.tree.rrsets()[i];
    const NodeId cut = zone.tree.nodes()[ds.node].cut;
    if (cut != snapshot::kNone) continue;  // below a delegation it is occluded
    diagnostics->Warning(
        zone.position(ds), "ds-without-ns",
        ds.node == 0 ? "a DS record of the zone itself belongs into its parent, where the delegation is (RFC 4035 §2.4)"
                     : absl::StrCat(dns::WireNameToText(zone.tree.nodes()[ds.node].name),
                                    " has a DS record and no NS record; it is no delegation (RFC 4035 §2.4)"));
  }
}

void CheckWildcardTypes(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint16_t type : {dns::rr_type::kNS, dns::rr_type::kDS, dns::rr_type::kDNAME}) {
    for (const uint32_t i : zone.index.OfType(type)) {
      const RRset& rrset = zone.tree.rrsets()[i];
      // Known from the node above: a look at each name itself would fetch it.
      const snapshot::ZoneTree::NodeId above = zone.tree.nodes()[rrset.node].parent;
      if (above == snapshot::kNone || zone.tree.nodes()[above].wildcard != rrset.node) continue;
      diagnostics->Warning(zone.position(rrset), "wildcard-type",
                           absl::StrCat("a wildcard has ", dns::TypeToText(type),
                                        " records; what that means is not defined (RFC 4592 §4)"));
    }
  }
}

}  // namespace strata::zonec
