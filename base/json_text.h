// Strings in JSON (RFC 8259 §7).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_JSON_TEXT_H_
#define STRATA_BASE_JSON_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::base {

// Appends `text` quoted and escaped. What is not UTF-8 becomes U+FFFD, so that the output always is.
void AppendJsonString(absl::string_view text, std::string* out);

}  // namespace strata::base

#endif  // STRATA_BASE_JSON_TEXT_H_
