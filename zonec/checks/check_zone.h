// All checks of a zone, in order.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_CHECK_ZONE_H_
#define STRATA_ZONEC_CHECKS_CHECK_ZONE_H_

#include "zonec/checks/apex.h"
#include "zonec/diagnostics.h"
#include "zonec/parsed_zone.h"

namespace strata::zonec {

// Checks the zone and makes it one that a snapshot can hold: sets its origin and settles differing TTLs. Returns its
// records in order (they refer to `*parsed`), or nullopt when there is no saying what belongs to it. When the
// diagnostics hold no error afterwards, snapshot::BuildSnapshot() takes them.
//
// An incomplete zone gets only the checks that more records could not silence.
std::optional<snapshot::ZoneTree> CheckZone(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_CHECK_ZONE_H_
