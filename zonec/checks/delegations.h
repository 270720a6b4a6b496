// Who serves the zone and its children: NS and DS records.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_DELEGATIONS_H_
#define STRATA_ZONEC_CHECKS_DELEGATIONS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

//   lame-apex  none of the zone's name servers can be found: all are names of the zone without an address. A single one
//              is no-address's to tell, unless it lies below a delegation.
//   single-ns  the zone has one name server only (RFC 2182 §5)
void CheckApexServers(const CheckedZone& zone, Diagnostics* diagnostics);

// ds-without-ns: a DS record where no delegation is, or at the apex; it says nothing there (RFC 4035 §2.4).
void CheckDsStandsAtDelegation(const CheckedZone& zone, Diagnostics* diagnostics);

// wildcard-type: NS, DS or DNAME records of a wildcard, which mean nothing, or nothing that servers agree upon
// (RFC 4592 §4.2, §4.4, §4.6).
void CheckWildcardTypes(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_DELEGATIONS_H_
