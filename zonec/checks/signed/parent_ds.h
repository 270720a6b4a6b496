// Whether the parent's DS records lead into the zone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_PARENT_DS_H_
#define STRATA_ZONEC_CHECKS_SIGNED_PARENT_DS_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// For zones of which SignedZoneOptions::parent_ds is known. Reports ds-mismatch when no DS record is for a key that
// signs the DNSKEY records, which makes the zone bogus (RFC 4035 §5), and ds-without-key for each that is for no key.
void CheckParentDs(const SignedZone& zone, Diagnostics* diagnostics);

// The same for a zone without keys: any DS record makes it bogus.
void CheckParentDsOfUnsigned(const CheckedZone& zone, const SignedZoneOptions& options, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_PARENT_DS_H_
