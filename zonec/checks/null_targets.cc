// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/null_targets.h"

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::zonec {
namespace {

void CheckOne(const snapshot::ZoneTree::RRset& rrset, uint32_t number, const CheckedZone& zone,
              Diagnostics* diagnostics) {
  const absl::string_view rdata = zone.record(number).rdata();
  const bool is_null = rdata.substr(*snapshot::TargetOffset(rrset.type)) == absl::string_view("\0", 1);
  if (!is_null) return;
  const bool is_mx = rrset.type == dns::rr_type::kMX;
  const absl::string_view rfc = is_mx ? " (RFC 7505 §3)" : " (RFC 2782)";
  for (const uint32_t other : rrset.records) {
    if (other == number || zone.record(other).rdata() == rdata) continue;
    diagnostics->Warning(zone.position(number), "null-mx",
                         absl::StrCat(NameAndType(zone.tree.nodes()[rrset.node].name, rrset.type),
                                      " says that there is none, and has other records beside that", rfc),
                         {Note{zone.position(other), "such as this"}});
    return;
  }
  if (is_mx && dns::ReadU16(rdata) != 0) {
    diagnostics->Warning(zone.position(number), "null-mx",
                         absl::StrCat("an MX record that says that there is none has preference 0", rfc));
  }
}

}  // namespace

void CheckNullTargets(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint16_t type : {dns::rr_type::kMX, dns::rr_type::kSRV}) {
    for (const uint32_t i : zone.index.OfType(type)) {
      const snapshot::ZoneTree::RRset& rrset = zone.tree.rrsets()[i];
      for (const uint32_t number : rrset.records) CheckOne(rrset, number, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
