// The records of one RRset beside each other (RFC 2181 §5).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_RRSETS_H_
#define STRATA_ZONEC_CHECKS_RRSETS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"
#include "zonec/parsed_zone.h"

namespace strata::zonec {

// duplicate-record: the same data twice (RFC 2181 §5); a snapshot holds it once. rrset-too-large: more than 65535
// records, which no snapshot holds, or (a warning) more than one message carries.
void CheckRRsetMembers(const CheckedZone& zone, Diagnostics* diagnostics);

// ttl-mismatch: different TTLs in one RRset (RFC 2181 §5.2).
void CheckRRsetTtls(const CheckedZone& zone, Diagnostics* diagnostics);

// Gives every record of an RRset the lowest TTL of its records: that keeps no cache longer than any line of the text
// asks for, and does not depend on the order of the lines.
void LowerTtls(snapshot::ZoneTree* tree);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_RRSETS_H_
