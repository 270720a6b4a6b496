// What the parsers of presentation form read, and how they say what is wrong with it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_TOKEN_H_
#define STRATA_DNS_TEXT_TOKEN_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// One token of a zone file: what stands between blanks, or inside quotes. Escapes are still escaped (a token may hold
// "\032" or "\""), so that a name and a character-string can each read their own.
//
// A quote in the middle of a token belongs to it, with all up to the quote that closes it, as RFC 9460 §2.1 needs:
// `alpn="h2, h3"` is one token, not quoted, whose text holds the quotes and the blank.
struct TextToken {
  absl::string_view text;
  bool quoted = false;
};

// What is wrong with the RDATA, and at which token; `token` equals the number of tokens when something is missing at
// the end.
struct RdataTextError {
  size_t token = 0;
  std::string message;  // what, and what was expected: `address "300.1.1.1" is not an IPv4 address`
};

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_TOKEN_H_
