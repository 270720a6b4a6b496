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

// The octets that a digest or hash made by `algorithm` has in a field of `kind`; 0 when any number will do, because the
// algorithm is unknown or the field holds neither.
size_t RequiredDigestSize(FieldKind kind, uint8_t algorithm);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_H_
