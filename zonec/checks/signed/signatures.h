// RRSIG records as they stand: whether all that has to be signed is, and what their fields say.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_SIGNATURES_H_
#define STRATA_ZONEC_CHECKS_SIGNED_SIGNATURES_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Reports, each with a paragraph in docs/zone_checks.md: signature-missing, algorithm-unused, signature-stray,
// signature-signer, signature-labels, signature-ttl, signature-key-unknown, signature-expired, signature-not-yet-valid,
// signature-expiring, zone-unsigned, dnskey-unsigned.
void CheckSignatures(const SignedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_SIGNATURES_H_
