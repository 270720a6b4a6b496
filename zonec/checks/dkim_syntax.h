// The syntax of DKIM key records (RFC 6376 §3.6.1, RFC 8463).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_DKIM_SYNTAX_H_
#define STRATA_ZONEC_CHECKS_DKIM_SYNTAX_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// The error says what is wrong with which tag. An empty key, which revokes it, is fine.
absl::Status CheckDkimKey(absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_DKIM_SYNTAX_H_
