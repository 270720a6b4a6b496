// The chains of NSEC3 records (RFC 5155 §7.1).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_NSEC3_CHAIN_H_
#define STRATA_ZONEC_CHECKS_SIGNED_NSEC3_CHAIN_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Above this, validators take a zone for an insecure one or fail (RFC 9276 §3.2; most of them settled on 50 or 100 to
// 150).
inline constexpr uint16_t kMaxIterations = 50;

// Checks each chain that an NSEC3PARAM record of the apex announces. Reports nsec3-param, nsec3-iterations,
// nsec3-iterations-excessive, nsec3-salt, nsec3-missing, nsec3-stray, nsec3-chain and nsec3-types.
void CheckNsec3Chains(const SignedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_NSEC3_CHAIN_H_
