// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dangling.h"

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/alias_graph.h"
#include "zonec/checks/missing_dot.h"

namespace strata::zonec {
namespace {

void CheckOne(uint32_t number, const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneRecord& record = zone.record(number);
  const bool is_binding = record.type == dns::rr_type::kSVCB || record.type == dns::rr_type::kHTTPS;
  // The endpoint of a service needs an address, which is more (targets.h).
  if (is_binding && dns::ReadU16(record.rdata()) != 0) return;
  const absl::string_view target = AliasTarget(record);
  if (target.empty()) return;
  const Landing landing = Follow(zone, record);
  // A DNAME's target may be without records; it is names below that matter.
  const bool has_records = landing.kind == Landing::Kind::kNode &&
                           (zone.tree.nodes()[landing.node].rrset_count > 0 || record.type == dns::rr_type::kDNAME);
  if (has_records || landing.kind == Landing::Kind::kElsewhere) return;
  const std::string text =
      absl::StrCat("the target of this ", dns::TypeToText(record.type), " record, ", dns::WireNameToText(target), ",");
  if (EndsWithOriginTwice(target, zone.parsed.zone.origin().wire())) {
    diagnostics->Warning(zone.position(number), "missing-dot",
                         absl::StrCat(text, " ends with the zone's name twice; a dot is missing behind it"));
    return;
  }
  diagnostics->Warning(
      zone.position(number), "dangling-target",
      absl::StrCat(text, landing.kind == Landing::Kind::kNode ? " has no records" : " does not exist in the zone"));
}

}  // namespace

void CheckDanglingTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint16_t type :
       {dns::rr_type::kCNAME, dns::rr_type::kDNAME, dns::rr_type::kPTR, dns::rr_type::kSVCB, dns::rr_type::kHTTPS}) {
    for (const uint32_t i : zone.index.OfType(type)) {
      const snapshot::ZoneTree::RRset& rrset = zone.tree.rrsets()[i];
      if (!IsServed(zone, rrset.node)) continue;
      for (const uint32_t number : rrset.records) CheckOne(number, zone, diagnostics);
    }
  }
}

void CheckOwnersWithoutDot(const CheckedZone& zone, Diagnostics* diagnostics) {
  const absl::string_view origin = zone.parsed.zone.origin().wire();
  const std::string twice = absl::StrCat(origin.substr(0, origin.size() - 1), origin);
  if (twice.size() > dns::kMaxNameSize || !EndsWithOriginTwice(twice, origin)) return;
  // Nodes below one stand behind it.
  const auto& nodes = zone.tree.nodes();
  const snapshot::ZoneTree::NodeId first = zone.tree.Find(twice);
  if (first == snapshot::kNone) return;
  for (snapshot::ZoneTree::NodeId id = first; id < nodes.size(); ++id) {
    if (!dns::IsSubdomain(nodes[id].name, nodes[first].name)) break;
    if (nodes[id].rrset_count == 0) continue;
    diagnostics->Warning(zone.position(zone.tree.RRsetsOf(id)[0]), "missing-dot",
                         absl::StrCat("the owner ", dns::WireNameToText(nodes[id].name),
                                      " ends with the zone's name twice; a dot is missing behind it"));
  }
}

}  // namespace strata::zonec
