// Is a text UTF-8 (protobuf's string fields must be, and it says so only when a message is sent), and how to show
// one that may be anything. Pure functions.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_UTF8_H_
#define STRATA_BASE_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::base {

// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest form, no surrogates, at
// most U+10FFFF); absl::string_view::npos if all are.
size_t FindInvalidUtf8(absl::string_view text);

// `text` on one line and between double quotes: control bytes, `"`, `\` and what is not UTF-8 as C escapes.
std::string EscapedText(absl::string_view text);

}  // namespace strata::base

#endif  // STRATA_BASE_UTF8_H_
