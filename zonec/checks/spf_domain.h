// Domains in SPF records, which may hold macros (RFC 7208 §7).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SPF_DOMAIN_H_
#define STRATA_ZONEC_CHECKS_SPF_DOMAIN_H_

#include "absl/strings/string_view.h"

namespace strata::zonec {

// macro-string (RFC 7208 §7.1); may be empty.
bool IsMacroString(absl::string_view text);

// domain-spec (RFC 7208 §7.1): a macro-string that ends in a top label or a macro.
bool IsDomainSpec(absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SPF_DOMAIN_H_
