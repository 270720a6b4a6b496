// The fields of RDATA whose text is one token, which needs neither an origin nor what stands before it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RDATA_TOKEN_FIELD_H_
#define STRATA_DNS_RDATA_TOKEN_FIELD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/rdata_schema.h"

namespace strata::dns {

struct TokenField {
  // Appends the wire form of one token that is not quoted, or returns false when it has none.
  using Append = bool (*)(absl::string_view text, std::string* rdata);

  FieldKind kind;
  // What the text has to be, for messages: "an IPv4 address".
  const char* expected;
  Append append;
};

// nullptr: fields of this kind are something else.
const TokenField* FindTokenField(FieldKind kind);

// Appends octets with their number in front; false when that is 0, or more than 255.
bool AppendSized(absl::string_view octets, std::string* rdata);

// As TypeFromText(), and bare numbers, as old software writes types without a mnemonic.
std::optional<uint16_t> TypeOrNumber(absl::string_view text);

}  // namespace strata::dns

#endif  // STRATA_DNS_RDATA_TOKEN_FIELD_H_
