// Hex, base64 and base32hex (RFC 4648), read strictly and written as zone files have them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_BASE_ENCODING_H_
#define STRATA_DNS_TEXT_BASE_ENCODING_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

enum class BaseEncoding {
  kHex,        // RFC 4648 §8; written in upper case, read in any
  kBase32Hex,  // §7, without padding (RFC 5155 §3.3); written in upper case, read in any
  kBase64,     // §4, with padding
};

struct BaseDecodeError {
  size_t position;  // in the text; its size when something is missing
  std::string message;
};

void AppendBaseEncoded(BaseEncoding encoding, absl::string_view octets, std::string* out);

// Appends the octets to `*octets`, or says what is wrong: a foreign character, a bad length or padding, spare bits that
// are not zero. On error `*octets` is unspecified.
std::optional<BaseDecodeError> DecodeBase(BaseEncoding encoding, absl::string_view text, std::string* octets);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_BASE_ENCODING_H_
