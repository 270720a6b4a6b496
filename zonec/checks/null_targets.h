// Records that say "there is none": MX 0 . (RFC 7505).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_NULL_TARGETS_H_
#define STRATA_ZONEC_CHECKS_NULL_TARGETS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// null-mx: "MX 0 ." beside other MX records, or with another preference (RFC 7505 §3); an SRV record of target "."
// beside others (RFC 2782).
void CheckNullTargets(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_NULL_TARGETS_H_
