// Names that are aliases, and what may stand beside that.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_ALIASES_H_
#define STRATA_ZONEC_CHECKS_ALIASES_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// cname-and-other-data: an alias owns other records (RFC 1034 §3.6.2; DNSSEC's may stand there, RFC 4034 §3, §4).
void CheckCnameAlone(const CheckedZone& zone, Diagnostics* diagnostics);

// multiple-cname, multiple-dname: a name has two targets (RFC 2181 §10.1, RFC 6672 §2.4).
void CheckOneAlias(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_ALIASES_H_
