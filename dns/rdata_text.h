// RDATA in presentation form, both ways (RFC 1035 §5.1, RFC 3597 §5 and each type's own RFC).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_TEXT_H_
#define STRATA_DNS_RDATA_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/name.h"
#include "dns/text_token.h"

namespace strata::dns {

// Parses the RDATA of `type`, driven by its row in rdata_schema, or in the generic form `\# 4 7F000001` (RFC 3597 §5),
// which is taken for every type (and checked against the schema where the type is known). Relative names
// are completed with `origin`. On success `*rdata` is the uncompressed wire form; names keep their case. On error it is
// unspecified.
std::optional<RdataTextError> ParseRdataText(uint16_t type, absl::Span<const TextToken> tokens, const Name& origin,
                                             std::string* rdata);

// Appends the presentation form of `rdata` (valid, uncompressed), all names absolute, on one line. RDATA that does not
// fit its type's schema or has no text there, and unknown types, are written in the generic form. ParseRdataText reads
// it back to the same octets.
void AppendRdataText(uint16_t type, absl::string_view rdata, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_TEXT_H_
