// The chain of NSEC records (RFC 4034 §4, RFC 4035 §2.3).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_NSEC_CHAIN_H_
#define STRATA_ZONEC_CHECKS_SIGNED_NSEC_CHAIN_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Reports nsec-missing, nsec-stray, nsec-chain and nsec-types. For zones that have such a chain.
void CheckNsecChain(const SignedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_NSEC_CHAIN_H_
