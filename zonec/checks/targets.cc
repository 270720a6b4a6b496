// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/targets.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/address_name.h"
#include "zonec/checks/missing_dot.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::zonec {
namespace {

using NodeId = snapshot::ZoneTree::NodeId;
using RRset = snapshot::ZoneTree::RRset;

bool HasAddress(const snapshot::ZoneTree& tree, NodeId node) {
  return node != snapshot::kNone &&
         (tree.FindRRset(node, dns::rr_type::kA) != nullptr || tree.FindRRset(node, dns::rr_type::kAAAA) != nullptr);
}

// Whether a DNAME answers for the name.
bool IsBelowDname(const snapshot::ZoneTree& tree, snapshot::NameTree::Id name) {
  const NodeId encloser = tree.EncloserOf(name);
  return tree.nodes()[encloser].dname_above != snapshot::kNone ||
         (encloser != tree.NodeOf(name) && tree.FindRRset(encloser, dns::rr_type::kDNAME) != nullptr);
}

bool IsServiceBinding(uint16_t type) { return type == dns::rr_type::kSVCB || type == dns::rr_type::kHTTPS; }

// Where the name starts, and not where it ends: service parameters may stand behind it.
absl::string_view Target(const snapshot::ZoneRecord& record) {
  return record.rdata().substr(*snapshot::TargetOffset(record.type));
}

// "the target of this MX record, mail.example.,"
std::string Describe(const snapshot::ZoneRecord& record) {
  return absl::StrCat("the target of this ", dns::TypeToText(record.type), " record, ",
                      dns::WireNameToText(Target(record)), ",");
}

// Whether it is one, and is reported.
bool ReportAddress(uint32_t number, const CheckedZone& zone, Diagnostics* diagnostics) {
  const std::string address = AddressInName(Target(zone.record(number)));
  if (address.empty()) return false;
  diagnostics->Warning(
      zone.position(number), "target-is-address",
      absl::StrCat("behind ", dns::TypeToText(zone.record(number).type), " stands a name, and the address ", address,
                   " is taken for one; give the address to a name, and write that (RFC 1035 §3.3)"));
  return true;
}

void ReportNoAddress(uint32_t number, const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneRecord& record = zone.record(number);
  const absl::string_view name = zone.parsed.zone.names().name(record.target);
  if (EndsWithOriginTwice(name, zone.parsed.zone.origin().wire())) {
    diagnostics->Warning(
        zone.position(number), "missing-dot",
        absl::StrCat(Describe(record), " ends with the zone's name twice; a dot is missing behind it"));
  } else {
    diagnostics->Warning(zone.position(number), "no-address",
                         absl::StrCat(Describe(record), " has no address (A or AAAA) in the zone"));
  }
}

// `number` is a record of the RRset that leads to a name within the zone.
void CheckTarget(const RRset& rrset, uint32_t number, const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::ZoneTree& tree = zone.tree;
  const snapshot::ZoneRecord& record = zone.record(number);
  const NodeId cut = tree.nodes()[tree.EncloserOf(record.target)].cut;
  if (cut != snapshot::kNone) {
    const bool needs_glue = rrset.type == dns::rr_type::kNS && cut == rrset.node;
    if (needs_glue && !HasAddress(tree, tree.NodeOf(record.target))) {
      diagnostics->Warning(zone.position(number), "missing-glue",
                           absl::StrCat(Describe(record), " stands below the delegation and has no address here"));
    }
    return;
  }
  if (IsBelowDname(tree, record.target)) return;
  // A wildcard may give one of these an address.
  if (tree.NodeOf(record.target) == snapshot::kNone && ReportAddress(number, zone, diagnostics)) return;
  const NodeId node = tree.AnsweringOf(record.target);
  const RRset* cname = node == snapshot::kNone ? nullptr : tree.FindRRset(node, dns::rr_type::kCNAME);
  if (cname == nullptr) {
    if (!HasAddress(tree, node)) ReportNoAddress(number, zone, diagnostics);
  } else if (!IsServiceBinding(rrset.type)) {
    diagnostics->Warning(zone.position(number), "target-is-alias",
                         absl::StrCat(Describe(record), " is an alias, which not everybody follows (RFC 2181 §10.3)"),
                         {Note{zone.position(*cname), "its CNAME record"}});
  }
}

// A service binding in AliasMode leads to further ones; it is none of this check's (dangling.h).
bool NeedsAddress(const snapshot::ZoneRecord& record) {
  return !IsServiceBinding(record.type) || dns::ReadU16(record.rdata()) != 0;
}

void CheckRRset(const RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  // Not served, so it does not matter what it says.
  const snapshot::ZoneTree::Node& owner = zone.tree.nodes()[rrset.node];
  const bool at_cut = owner.cut == rrset.node && rrset.type == dns::rr_type::kNS;
  if ((owner.cut != snapshot::kNone && !at_cut) || owner.dname_above != snapshot::kNone) return;
  for (const uint32_t number : rrset.records) {
    const snapshot::ZoneRecord& record = zone.record(number);
    // "." stands for none, or for the owner (RFC 7505, RFC 2782, RFC 9460 §2.5).
    const bool is_root = record.target == 0;
    if (record.target != snapshot::kNone && !is_root && NeedsAddress(record)) {
      CheckTarget(rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace

void CheckForeignTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  const auto& records = zone.tree.records();
  for (uint32_t i = 0; i < records.size(); ++i) {
    zone.tree.PrefetchBehind(i);
    const uint16_t type = records[i].type;
    const bool has_target = type == dns::rr_type::kNS || type == dns::rr_type::kMX || type == dns::rr_type::kSRV;
    if (has_target && records[i].target == snapshot::kNone) ReportAddress(i, zone, diagnostics);
  }
}

void CheckTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint16_t type : {dns::rr_type::kNS, dns::rr_type::kMX, dns::rr_type::kSRV, dns::rr_type::kAFSDB,
                              dns::rr_type::kSVCB, dns::rr_type::kHTTPS}) {
    for (const uint32_t i : zone.index.OfType(type)) CheckRRset(zone.tree.rrsets()[i], zone, diagnostics);
  }
}

}  // namespace strata::zonec
