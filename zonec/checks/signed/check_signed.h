// All checks of signed zones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_CHECK_SIGNED_H_
#define STRATA_ZONEC_CHECKS_SIGNED_CHECK_SIGNED_H_

#include "zonec/checks/check.h"
#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// For zones with DNSKEY records at the apex; costs the others nothing. Besides what the single checks report:
// dnskey-missing (the apex is signed, but has no key), nsec-none (neither NSEC nor NSEC3) and nsec-and-nsec3 (both).
void CheckSigned(const CheckedZone& zone, const SignedZoneOptions& options, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_CHECK_SIGNED_H_
