// The syntax of DMARC records (RFC 7489 §6.3).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_DMARC_SYNTAX_H_
#define STRATA_ZONEC_CHECKS_DMARC_SYNTAX_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// Whether the text is meant for one: it starts with "v=DMARC1", in whatever case.
bool IsMeantForDmarc(absl::string_view text);

// The error says what is wrong with which tag.
absl::Status CheckDmarc(absl::string_view text);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_DMARC_SYNTAX_H_
