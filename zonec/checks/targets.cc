// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/targets.h"

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::zonec {
namespace {

bool HasAddress(const ZoneIndex& index, ZoneIndex::NodeId node) {
  return node != ZoneIndex::kNone &&
         (index.FindRRset(node, dns::rr_type::kA) != nullptr || index.FindRRset(node, dns::rr_type::kAAAA) != nullptr);
}

// The name's own node, or the nearest above that there is.
ZoneIndex::NodeId Encloser(const ZoneIndex& index, absl::string_view name) {
  for (;;) {
    const ZoneIndex::NodeId id = index.Find(name);
    if (id != ZoneIndex::kNone) return id;
    name = name.substr(static_cast<uint8_t>(name[0]) + 1u);
  }
}

// Whether a DNAME answers for the name.
bool IsBelowDname(const ZoneIndex& index, absl::string_view name) {
  const ZoneIndex::NodeId encloser = Encloser(index, name);
  return index.nodes()[encloser].dname_above != ZoneIndex::kNone ||
         (encloser != index.Find(name) && index.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr);
}

// `target` is within the zone; `number` is the record that names it.
void CheckTarget(absl::string_view target, const ZoneIndex::RRset& rrset, uint32_t number, const CheckedZone& zone,
                 Diagnostics* diagnostics) {
  const ZoneIndex& index = zone.index;
  const std::string text =
      absl::StrCat("the target of this ", dns::TypeToText(rrset.type), " record, ", dns::WireNameToText(target), ",");
  const ZoneIndex::NodeId cut = index.nodes()[Encloser(index, target)].cut;
  if (cut != ZoneIndex::kNone) {
    const bool needs_glue = rrset.type == dns::rr_type::kNS && cut == rrset.node;
    if (needs_glue && !HasAddress(index, index.Find(target))) {
      diagnostics->Warning(zone.position(number), "missing-glue",
                           absl::StrCat(text, " stands below the delegation and has no address here"));
    }
    return;
  }
  if (IsBelowDname(index, target)) return;
  const ZoneIndex::NodeId node = index.FindAnswering(target);
  const ZoneIndex::RRset* cname = node == ZoneIndex::kNone ? nullptr : index.FindRRset(node, dns::rr_type::kCNAME);
  if (cname != nullptr) {
    diagnostics->Warning(zone.position(number), "target-is-alias",
                         absl::StrCat(text, " is an alias, which not everybody follows (RFC 2181 §10.3)"),
                         {Note{zone.position(*cname), "its CNAME record"}});
  } else if (!HasAddress(index, node)) {
    diagnostics->Warning(zone.position(number), "no-address",
                         absl::StrCat(text, " has no address (A or AAAA) in the zone"));
  }
}

}  // namespace

void CheckTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const ZoneIndex::RRset& rrset : zone.index.rrsets()) {
    const bool checked =
        rrset.type == dns::rr_type::kNS || rrset.type == dns::rr_type::kMX || rrset.type == dns::rr_type::kSRV;
    if (!checked) continue;
    // Not served, so it does not matter what it says.
    const ZoneIndex::Node& owner = zone.index.nodes()[rrset.node];
    const bool at_cut = owner.cut == rrset.node && rrset.type == dns::rr_type::kNS;
    if ((owner.cut != ZoneIndex::kNone && !at_cut) || owner.dname_above != ZoneIndex::kNone) continue;
    for (const uint32_t number : rrset.records) {
      const absl::string_view target =
          absl::string_view(zone.record(number).rdata).substr(*snapshot::TargetOffset(rrset.type));
      // "." stands for none (RFC 7505, RFC 2782).
      if (target.size() > 1 && zone.index.IsInZone(target)) CheckTarget(target, rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
