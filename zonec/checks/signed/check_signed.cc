// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/check_signed.h"

#include "dns/rr_type.h"
#include "zonec/checks/signed/keys.h"
#include "zonec/checks/signed/nsec3_chain.h"
#include "zonec/checks/signed/nsec_chain.h"
#include "zonec/checks/signed/parent_ds.h"
#include "zonec/checks/signed/signatures.h"
#include "zonec/checks/signed/verification.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

const ZoneTree::RRset* FindFirst(const ZoneTree& tree, uint16_t type) {
  for (const ZoneTree::RRset& rrset : tree.rrsets()) {
    if (rrset.type == type) return &rrset;
  }
  return nullptr;
}

void CheckDenial(const SignedZone& signed_zone, Diagnostics* diagnostics) {
  const CheckedZone& zone = signed_zone.checked;
  const ZoneTree::RRset* const nsec = FindFirst(zone.tree, dns::rr_type::kNSEC);
  const ZoneTree::RRset* nsec3 = FindFirst(zone.tree, dns::rr_type::kNSEC3);
  if (nsec3 == nullptr) nsec3 = zone.tree.FindRRset(0, dns::rr_type::kNSEC3PARAM);
  if (nsec == nullptr && nsec3 == nullptr) {
    diagnostics->Error(
        zone.position(signed_zone.keys.front().record), "nsec-none",
        "the signed zone has neither NSEC nor NSEC3 records, so it cannot prove that a name is not there");
    return;
  }
  if (nsec != nullptr && nsec3 != nullptr) {
    diagnostics->Warning(zone.position(*nsec), "nsec-and-nsec3", "the zone has NSEC and NSEC3 records",
                         {Note{zone.position(*nsec3), "one of NSEC3 is here"}});
  }
  if (nsec != nullptr) CheckNsecChain(signed_zone, diagnostics);
  if (nsec3 != nullptr) CheckNsec3Chains(signed_zone, diagnostics);
}

}  // namespace

void CheckSigned(const CheckedZone& zone, const SignedZoneOptions& options, Diagnostics* diagnostics) {
  const std::optional<SignedZone> signed_zone = ReadSignedZone(zone, options);
  if (!signed_zone) {
    CheckParentDsOfUnsigned(zone, options, diagnostics);
    const ZoneTree::RRset* const stray = zone.tree.FindRRset(0, dns::rr_type::kRRSIG);
    if (stray != nullptr) {
      diagnostics->Error(zone.position(*stray), "dnskey-missing", "the apex is signed but has no DNSKEY record");
    }
    return;
  }
  CheckKeys(*signed_zone, diagnostics);
  CheckParentDs(*signed_zone, diagnostics);
  CheckSignatures(*signed_zone, diagnostics);
  if (zone.tree.FindRRset(0, dns::rr_type::kRRSIG) == nullptr) return;  // the cause of all that would follow
  CheckDenial(*signed_zone, diagnostics);
  if (options.verify) CheckVerification(*signed_zone, diagnostics);
}

}  // namespace strata::zonec
