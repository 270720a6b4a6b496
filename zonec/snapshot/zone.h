// A zone as the compiler's front ends and checks leave it: a set of records.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ZONE_H_
#define STRATA_ZONEC_SNAPSHOT_ZONE_H_

#include <vector>

#include "dns/name.h"
#include "dns/record.h"

namespace strata::snapshot {

struct Zone {
  dns::Name origin;
  // In any order; duplicates are dropped (RFC 2181 §5). All of one class.
  std::vector<dns::Record> records;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ZONE_H_
