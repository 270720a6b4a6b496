// All checks of a zone, in order.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_CHECK_ZONE_H_
#define STRATA_ZONEC_CHECKS_CHECK_ZONE_H_

#include "zonec/checks/apex.h"
#include "zonec/diagnostics.h"
#include "zonec/parsed_zone.h"

namespace strata::zonec {

// Checks the zone and makes it one that a snapshot can hold: sets its origin, removes what is outside and settles
// differing TTLs. When the diagnostics hold no error afterwards, snapshot::BuildSnapshot() takes the zone.
//
// An incomplete zone gets only the checks that more records could not silence.
void CheckZone(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_CHECK_ZONE_H_
