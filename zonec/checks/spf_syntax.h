// The syntax of SPF records (RFC 7208).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SPF_SYNTAX_H_
#define STRATA_ZONEC_CHECKS_SPF_SYNTAX_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// Whether a TXT record says that it is one: "v=spf1", in any case, alone or with a blank behind it (RFC 7208 §4.5).
bool IsSpf(absl::string_view text);

struct SpfTerms {
  // Terms that make a receiver ask the DNS: include, a, mx, ptr, exists, redirect (RFC 7208 §4.6.4).
  int lookups = 0;
  // What is allowed, but hardly meant, as a half sentence; or empty.
  std::string doubt;
};

// REQUIRES: IsSpf(text). The error says what is wrong with which term.
absl::StatusOr<SpfTerms> ParseSpf(absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SPF_SYNTAX_H_
