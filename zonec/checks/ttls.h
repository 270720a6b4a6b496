// How long caches may keep what a zone says (RFC 2181 §5.2, §8).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TTLS_H_
#define STRATA_ZONEC_CHECKS_TTLS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::zonec {

// ttl-mismatch: different TTLs in one RRset (RFC 2181 §5.2).
void CheckRRsetTtls(const CheckedZone& zone, Diagnostics* diagnostics);

// ttl-too-long: more than 30 days; told once, with how many there are.
void CheckLongTtls(const CheckedZone& zone, Diagnostics* diagnostics);

// Gives every record of an RRset the lowest TTL of its records: that keeps no cache longer than any line of the text
// asks for, and does not depend on the order of the lines.
void LowerTtls(const RRsetIndex& index, snapshot::ZoneTree* tree);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TTLS_H_
