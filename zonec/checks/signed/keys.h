// The zone's keys, and what it tells its parent of them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_KEYS_H_
#define STRATA_ZONEC_CHECKS_SIGNED_KEYS_H_

#include "zonec/checks/signed/signed_zone.h"
#include "zonec/diagnostics.h"

namespace strata::zonec {

// Reports dnskey-not-for-zone, dnskey-no-sep, dnskey-revoked, dnskey-malformed, dnskey-algorithm and
// cds-mismatch.
void CheckKeys(const SignedZone& zone, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_KEYS_H_
