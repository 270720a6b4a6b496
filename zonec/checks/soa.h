// What the SOA record says (RFC 1035 §3.3.13, RFC 1912 §2.2, RFC 2308).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SOA_H_
#define STRATA_ZONEC_CHECKS_SOA_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

//   soa-timers  secondaries give the zone up before they ask for a new one: expire is less than refresh
//   soa-values  a number is outside of what RFC 1912 §2.2 and RFC 2308 §5 recommend
//   soa-rname   the mailbox is written with an @
//   soa-mname   the primary's name is in the zone and has no address
void CheckSoa(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SOA_H_
