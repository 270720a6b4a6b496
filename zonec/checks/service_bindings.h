// SVCB and HTTPS records beside each other (RFC 9460 §2.4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SERVICE_BINDINGS_H_
#define STRATA_ZONEC_CHECKS_SERVICE_BINDINGS_H_

#include "zonec/checks/check.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// svcb-alias-mode: a record of priority 0 beside others, of which clients heed one or none, or with parameters, which
// they ignore (RFC 9460 §2.4.1, §2.4.2).
void CheckServiceBindings(const CheckedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SERVICE_BINDINGS_H_
