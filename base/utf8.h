// Is a text UTF-8? protobuf's string fields must be, and says so only when a message is sent.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_UTF8_H_
#define STRATA_BASE_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace strata::base {

// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest form, no surrogates, at
// most U+10FFFF); absl::string_view::npos if all are.
size_t FindInvalidUtf8(absl::string_view text);

}  // namespace strata::base

#endif  // STRATA_BASE_UTF8_H_
