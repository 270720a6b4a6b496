// The records of one RRset beside each other (RFC 2181 §5).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_RRSETS_H_
#define STRATA_ZONEC_CHECKS_RRSETS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

//   duplicate-record  the same data twice (RFC 2181 §5); a snapshot holds it once
//   rrset-too-large   more than 65535 records, which no snapshot holds, or more than one message carries
//   udp-truncation    more than the 1232 octets of a usual answer over UDP: clients have to ask again over TCP
void CheckRRsetMembers(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_RRSETS_H_
