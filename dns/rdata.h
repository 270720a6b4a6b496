// RDATA in wire form, driven by rdata_schema.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_H_
#define STRATA_DNS_RDATA_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/wire_reader.h"

namespace strata::dns {

// Reads `size` octets of RDATA of `type` from a message, checks every field against the type's schema, and appends it
// uncompressed to `*rdata`. Pointers are followed for the types of RFC 3597 §4 that may be compressed in received
// messages, and are a failure (of the reader) elsewhere. Unknown types are taken as they are. After a failure `*rdata`
// may hold part of it. Where an empty RDATA means that there is none (RFC 2136 §2.4, §2.5), do not call it.
void ReadRdata(uint16_t type, size_t size, WireReader* reader, std::string* rdata);

// Whether `rdata` (uncompressed) is well formed for `type`. Unknown types always are.
bool IsValidRdata(uint16_t type, absl::string_view rdata);

// Canonical form (RFC 4034 §6.2, RFC 6840 §5.1) of valid RDATA: names of the types listed there in lower case.
std::string CanonicalRdata(uint16_t type, absl::string_view rdata);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_H_
