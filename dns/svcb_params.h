// The service parameters of SVCB and HTTPS (RFC 9460).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_SVCB_PARAMS_H_
#define STRATA_DNS_SVCB_PARAMS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "dns/text_token.h"

namespace strata::dns {

// Whether `params` (wire form, RFC 9460 §2.2) has its keys in strictly increasing order, each known one with a value of
// its format, and contradicts itself nowhere: all mandatory keys are there (§8), and no-default-alpn comes with alpn
// (§7.1.1). Empty is valid.
bool AreValidSvcParams(absl::string_view params);

// Appends `params` (valid) as text, in wire order, a blank between two: `alpn="h2,h3" port=53 key667="x"`.
void AppendSvcParamsText(absl::string_view params, std::string* out);

// Appends the wire form of parameters in any order, one a token: `key`, `key=value`, `key="value"`. In an error, tokens
// count from the first of `tokens`.
std::optional<RdataTextError> ParseSvcParams(absl::Span<const TextToken> tokens, std::string* params);

}  // namespace strata::dns

#endif  // STRATA_DNS_SVCB_PARAMS_H_
