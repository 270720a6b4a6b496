// Aliases that lead back to themselves.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_ALIAS_LOOPS_H_
#define STRATA_ZONEC_CHECKS_ALIAS_LOOPS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Each loop is told once, at its first record in the text. Loops through other zones are not seen.
//   cname-loop       of CNAMEs, through DNAMEs and wildcards as well (RFC 1034 §3.6.2)
//   dname-loop       of DNAMEs (RFC 6672 §2.2)
//   svcb-alias-loop  of SVCB or HTTPS records in AliasMode, through CNAMEs as well (RFC 9460 §2.4.2)
void CheckAliasLoops(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_ALIAS_LOOPS_H_
