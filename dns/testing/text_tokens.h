// Splits a line of zone-file text into tokens, for tests of what reads tokens.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TESTING_TEXT_TOKENS_H_
#define STRATA_DNS_TESTING_TEXT_TOKENS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "dns/text_token.h"

namespace strata::dns {

// The tokens of `line`, which view into it. Blanks separate; quotes and escapes as TextToken says; no comments, no
// parentheses. A quote that is never closed ends with the line.
std::vector<TextToken> SplitTextTokens(absl::string_view line);

}  // namespace strata::dns

#endif  // STRATA_DNS_TESTING_TEXT_TOKENS_H_
