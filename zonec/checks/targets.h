// Names that NS, MX, SRV and the like lead to: they need addresses.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TARGETS_H_
#define STRATA_ZONEC_CHECKS_TARGETS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// For each target of NS, MX, SRV, AFSDB, SVCB and HTTPS records within the zone:
//   target-is-address  it is an address, which was taken for a name
//   target-is-alias    it is a CNAME (RFC 2181 §10.3, RFC 2782); of service bindings that is fine
//   no-address         it has no address, nor does a wildcard give it one
//   missing-dot        the same, when the zone's name stands twice at its end
//   missing-glue       a name server of a delegation stands below that delegation, and its address is not there, so
//                      nobody could reach it (RFC 1034 §4.2.1)
// What lies below other delegations is not for this zone to know.
void CheckTargets(const CheckedZone& zone, Diagnostics* diagnostics);

// target-is-address: of NS, MX and SRV records that lead out of the zone, as "192.0.2.1." does.
void CheckForeignTargets(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TARGETS_H_
