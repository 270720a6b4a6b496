// What a language front end makes of a zone's text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PARSED_ZONE_H_
#define STRATA_ZONEC_PARSED_ZONE_H_

#include "base/huge_pages.h"
#include "zonec/snapshot/zone.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct ParsedZone {
  snapshot::Zone zone;
  // For each record of the zone, in the same order, where it was written.
  base::HugePageVector<Position> positions;
  // Some text that shapes the records behind it was not understood: looking at those that there are would raise false
  // alarms.
  bool unreliable = false;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PARSED_ZONE_H_
