// Which key a DS record refers to.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_DS_DIGEST_H_
#define STRATA_ZONEC_CHECKS_SIGNED_DS_DIGEST_H_

#include "absl/strings/string_view.h"
#include "zonec/checks/signed/signed_zone.h"

namespace strata::zonec {

// Whether the RDATA of a DS or CDS record is for the key (RFC 4034 §5.1.4). Digests of SHA-1, SHA-256 and SHA-384 are
// compared; of another type only tag and algorithm are. `owner` is the zone's apex in wire form and lower case.
bool RefersTo(absl::string_view ds, const ZoneKey& key, absl::string_view owner);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_DS_DIGEST_H_
