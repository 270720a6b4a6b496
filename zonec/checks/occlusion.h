// Records that can never be answered because a delegation or a DNAME stands above them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_OCCLUSION_H_
#define STRATA_ZONEC_CHECKS_OCCLUSION_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// occluded-by-delegation: at a delegation point, records other than NS, DS and their proofs, and below it all, are the
// child zone's to serve; only addresses of name servers are of use there, as glue (RFC 1034 §4.2.1).
void CheckBelowDelegations(const CheckedZone& zone, Diagnostics* diagnostics);

// occluded-by-dname: names below a DNAME are answered by it (RFC 6672 §2.4).
void CheckBelowDnames(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_OCCLUSION_H_
