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

// Whether the flags of a KEY say that there is none (RFC 2535 §3.1.2).
inline bool HasNoKey(uint16_t flags) { return (flags & 0xc000) == 0xc000; }

// Whether this is an X.25 address: digits, at least four (RFC 1183 §3.1).
bool AreX25Digits(absl::string_view text);

// What a gateway or relay is (RFC 4025 §2.5, RFC 8777 §4.2.3). Any other value may occur, too.
enum class GatewayType : uint8_t { kNone = 0, kIpv4 = 1, kIpv6 = 2, kName = 3 };

// Of the kIpsecGateway or kRelay that starts at `rdata[at]`.
GatewayType GatewayTypeOf(FieldKind kind, absl::string_view rdata, size_t at);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_FIELD_H_
