// Whether the signatures are right: each is verified by its key.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_VERIFICATION_H_
#define STRATA_ZONEC_CHECKS_SIGNED_VERIFICATION_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Reports signature-wrong, and signature-not-verified once for each algorithm that CanVerify() does not know.
// Signatures whose key is missing, or whose fields cannot be right, are CheckSignatures()'s. Uses as many threads as
// there are cores (at most 16); what it reports does not depend on them.
void CheckVerification(const SignedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_VERIFICATION_H_
