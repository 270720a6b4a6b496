// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/aliases.h"

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

// KEY, SIG and NXT are what RRSIG and NSEC grew from (RFC 2535).
constexpr uint16_t kSig = 24, kKey = 25, kNxt = 30;

bool MayStandBesideCname(uint16_t type) {
  switch (type) {
    case dns::rr_type::kCNAME:
    case dns::rr_type::kRRSIG:
    case dns::rr_type::kNSEC:
    case kSig:
    case kKey:
    case kNxt:
      return true;
    default:
      return false;
  }
}

void CheckOne(const snapshot::ZoneTree::RRset& rrset, absl::string_view check, const CheckedZone& zone,
              Diagnostics* diagnostics) {
  const std::string first = dns::CanonicalRdata(rrset.type, zone.record(rrset.records[0]).rdata());
  for (const uint32_t number : rrset.records.rest()) {
    if (dns::CanonicalRdata(rrset.type, zone.record(number).rdata()) == first) continue;
    diagnostics->Error(zone.position(number), check,
                       absl::StrCat(dns::WireNameToText(zone.tree.nodes()[rrset.node].name), " has a second ",
                                    dns::TypeToText(rrset.type), " record; there can be one only"),
                       {Note{zone.position(rrset), "the first one"}});
  }
}

}  // namespace

void CheckCnameAlone(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfType(dns::rr_type::kCNAME)) {
    const snapshot::ZoneTree::RRset& cname = zone.tree.rrsets()[i];
    for (const snapshot::ZoneTree::RRset& other : zone.tree.RRsetsOf(cname.node)) {
      if (MayStandBesideCname(other.type)) continue;
      diagnostics->Error(zone.position(cname), "cname-and-other-data",
                         absl::StrCat(dns::WireNameToText(zone.tree.nodes()[cname.node].name),
                                      " is an alias and has other records too (RFC 1034 §3.6.2)"),
                         {Note{zone.position(other), absl::StrCat("its ", dns::TypeToText(other.type), " record")}});
      break;
    }
  }
}

void CheckOneAlias(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfSeveralRecords()) {
    const snapshot::ZoneTree::RRset& rrset = zone.tree.rrsets()[i];
    if (rrset.type == dns::rr_type::kCNAME) CheckOne(rrset, "multiple-cname", zone, diagnostics);
    if (rrset.type == dns::rr_type::kDNAME) CheckOne(rrset, "multiple-dname", zone, diagnostics);
  }
}

}  // namespace strata::zonec
