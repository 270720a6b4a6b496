// What stands in records whose text has a syntax of its own: SPF, DMARC, DKIM, CAA.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_TEXTS_H_
#define STRATA_ZONEC_CHECKS_TEXTS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Of TXT records (and those of type SPF):
//   spf-syntax   it is no SPF record as RFC 7208 has it
//   spf-lookups  it makes a receiver ask the DNS more than 10 times (§4.6.4)
//   spf-several  a name has several (§4.5)
//   spf-policy   it lets everybody pass, or has terms that nobody looks at
//   spf-type     of type SPF alone, which nobody asks for (§3.1)
//   dmarc-syntax, dmarc-several  at _dmarc (RFC 7489 §6.3, §6.6.3)
//   dkim-key     at SELECTOR._domainkey (RFC 6376 §3.6.1)
void CheckTexts(const CheckedZone& zone, Diagnostics* diagnostics);

// caa-syntax (RFC 8659 §4).
void CheckCaaRecords(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_TEXTS_H_
