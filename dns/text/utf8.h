// UTF-8 (RFC 3629).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_UTF8_H_
#define STRATA_DNS_TEXT_UTF8_H_

#include "absl/strings/string_view.h"

namespace strata::dns {

// No overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(absl::string_view text);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_UTF8_H_
