// What CAA records say, beyond their RDATA format (RFC 8659 §4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_CAA_SYNTAX_H_
#define STRATA_ZONEC_CHECKS_CAA_SYNTAX_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// `rdata` is valid RDATA of a CAA record. The error says what is wrong with flags, tag or value.
absl::Status CheckCaa(absl::string_view rdata);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_CAA_SYNTAX_H_
