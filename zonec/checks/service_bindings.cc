// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/service_bindings.h"

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

void CheckOne(const snapshot::ZoneTree::RRset& rrset, uint32_t number, const CheckedZone& zone,
              Diagnostics* diagnostics) {
  const absl::string_view rdata = zone.record(number).rdata();
  if (dns::ReadU16(rdata) != 0) return;
  if (rdata.size() > 2 + dns::WireNameSize(rdata.substr(2))) {
    diagnostics->Warning(zone.position(number), "svcb-alias-mode",
                         "priority 0 makes this an alias, whose parameters nobody heeds (RFC 9460 §2.4.2)");
  }
  for (const uint32_t other : rrset.records) {
    if (other == number || zone.record(other).rdata() == rdata) continue;
    diagnostics->Warning(zone.position(number), "svcb-alias-mode",
                         absl::StrCat(NameAndType(zone.tree.nodes()[rrset.node].name, rrset.type),
                                      " is an alias, by priority 0, and has other records beside that; clients follow "
                                      "one alias, and heed nothing else (RFC 9460 §2.4.1)"),
                         {Note{zone.position(other), "such as this"}});
    return;
  }
}

}  // namespace

void CheckServiceBindings(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint16_t type : {dns::rr_type::kSVCB, dns::rr_type::kHTTPS}) {
    for (const uint32_t i : zone.index.OfType(type)) {
      const snapshot::ZoneTree::RRset& rrset = zone.tree.rrsets()[i];
      for (const uint32_t number : rrset.records) CheckOne(rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
