// One field of RDATA on the wire: where it ends, and whether it is well formed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_FIELD_H_
#define STRATA_DNS_RDATA_FIELD_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "dns/rdata_schema.h"

namespace strata::dns {

// Octets of the field of `kind` that starts at `rdata[at]`, names uncompressed; nullopt when what is there is not well
// formed. `at` is at most rdata.size(), and what comes before it is already checked.
std::optional<size_t> RdataFieldSize(FieldKind kind, absl::string_view rdata, size_t at);

// The digest's size that the algorithm before a field of `kind` demands (RFC 4509, 6605, 4255, 6594, 8976); 0 when any
// will do, because the algorithm is unknown or the field is no digest.
size_t RequiredDigestSize(FieldKind kind, uint8_t algorithm);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_H_
