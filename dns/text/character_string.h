// The text of character-strings (RFC 1035 §5.1): escapes and quotes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_CHARACTER_STRING_H_
#define STRATA_DNS_TEXT_CHARACTER_STRING_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::dns {

// The most octets of a <character-string> (RFC 1035 §3.3).
inline constexpr size_t kMaxCharacterStringSize = 255;

// Reads one possibly escaped octet of `text` at `*pos`, which is inside of it; `*pos` ends behind it. \DDD is an octet
// by its decimal number, \X is X. The error says which escape is none.
absl::StatusOr<char> ReadEscapedOctet(absl::string_view text, size_t* pos);

// Appends the octets that `text` (the inside of the quotes, or a bare token) stands for. They may be any number.
absl::Status UnescapeText(absl::string_view text, std::string* octets);

// Appends the octets in quotes; `"` and `\` and what is not printable ASCII escaped.
void AppendQuotedText(absl::string_view octets, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_CHARACTER_STRING_H_
