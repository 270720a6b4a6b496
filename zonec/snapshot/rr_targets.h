// Which name field of an RRset's RDATA leads to further records of an answer.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_RR_TARGETS_H_
#define STRATA_ZONEC_SNAPSHOT_RR_TARGETS_H_

#include <cstdint>
#include <optional>

#include "dns/rr_type.h"

namespace strata::snapshot {

// Octets of RDATA before the name whose records an answer may add: for additional section processing (RFC 1035 §3.3,
// RFC 2782, RFC 9460 §4.1) and for following an alias. nullopt for types that lead nowhere.
inline std::optional<int> TargetOffset(uint16_t type) {
  switch (type) {
    case dns::rr_type::kNS:
    case dns::rr_type::kCNAME:
      return 0;
    case dns::rr_type::kMX:
    case dns::rr_type::kAFSDB:
    case dns::rr_type::kSVCB:
    case dns::rr_type::kHTTPS:
      return 2;
    case dns::rr_type::kSRV:
      return 6;
    default:
      return std::nullopt;
  }
}

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_RR_TARGETS_H_
