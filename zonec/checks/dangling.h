// Records that lead to names of the zone that do not exist.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_DANGLING_H_
#define STRATA_ZONEC_CHECKS_DANGLING_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// dangling-target: of CNAME, DNAME and PTR records, and of SVCB and HTTPS in AliasMode. NS, MX and SRV need more than a
// name that exists: see CheckTargets(). missing-dot: the same, when the zone's name stands twice at the target's end.
void CheckDanglingTargets(const CheckedZone& zone, Diagnostics* diagnostics);

// missing-dot: an owner ends with the zone's name twice, www.example.com.example.com. Zones of one label are left out:
// in com, com.com may well be meant.
void CheckOwnersWithoutDot(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_DANGLING_H_
