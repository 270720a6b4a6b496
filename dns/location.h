// Locations: the RDATA of LOC (RFC 1876), on the wire and as text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_LOCATION_H_
#define STRATA_DNS_LOCATION_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/text_token.h"

namespace strata::dns {

// Whether the octets are a location: of version 0 all fields within their limits, of later versions anything.
bool IsValidLocation(absl::string_view octets);

// Appends `52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m`. False, and nothing appended, for what has no text:
// later versions, and a size of no metres whose power of ten is not 0, which text cannot tell from another.
bool AppendLocationText(absl::string_view valid, std::string* out);

// `d1 [m1 [s1]] N|S d2 [m2 [s2]] E|W altitude[m] [size[m] [horizontal precision[m] [vertical precision[m]]]]` (RFC 1876
// §3), all tokens. What is left out of the end is 1m 10000m 10m; a size is cut to its first digit.
std::optional<RdataTextError> ParseLocation(absl::Span<const TextToken> tokens, std::string* rdata);

}  // namespace strata::dns

#endif  // STRATA_DNS_LOCATION_H_
