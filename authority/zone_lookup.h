// What one zone says of a name and type: RFC 1034 §4.3.2, step 3.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_LOOKUP_H_
#define STRATA_AUTHORITY_ZONE_LOOKUP_H_

#include <cstdint>

#include "dns/lookup_name.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::authority {

enum class LookupKind {
  kAnswer,      // `node` owns RRsets of the type asked (for ANY: any)
  kCname,       // `node` owns a CNAME that stands in for the type asked
  kDname,       // `node`, an ancestor of the name, owns a DNAME (RFC 6672)
  kDelegation,  // `node` is the zone cut at the name or above it
  kNoData,      // the name exists, also as an empty non-terminal, or a wildcard stands for it; the type does not
  kNxDomain,
};

struct LookupResult {
  LookupKind kind = LookupKind::kNxDomain;
  // See LookupKind; for kNoData the name's node or the wildcard's; for kNxDomain the closest encloser.
  snapshot::NodeId node = snapshot::kNone;
  // `node` is a wildcard that stands for the name (RFC 4592): its records are sent with the name asked as owner.
  bool from_wildcard = false;
};

// REQUIRES: `name` is the zone's apex or below it. `type` may be ANY. A pure function; never allocates.
LookupResult LookupInZone(const snapshot::SnapshotReader& zone, const dns::LookupName& name, uint16_t type);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_LOOKUP_H_
