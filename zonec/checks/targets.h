// Names that NS, MX and SRV records lead to.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TARGETS_H_
#define STRATA_ZONEC_CHECKS_TARGETS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// For each target within the zone:
//   target-is-alias  it is a CNAME (RFC 2181 §10.3, RFC 2782)
//   no-address       it has no address, nor does a wildcard give it one
//   missing-glue     a name server of a delegation stands below that delegation, and its address is not there, so
//   nobody
//                    could reach it (RFC 1034 §4.2.1)
// What lies below other delegations is not for this zone to know.
void CheckTargets(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TARGETS_H_
