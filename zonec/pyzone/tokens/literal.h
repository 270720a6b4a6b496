// Numbers and strings as pyzones write them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TOKENS_LITERAL_H_
#define STRATA_ZONEC_PYZONE_TOKENS_LITERAL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// What is wrong with a literal, and at which of its octets.
struct LiteralError {
  size_t offset = 0;
  std::string message;
};

// An int or a float. On error `*value` stays as it is.
std::optional<LiteralError> ParseNumber(absl::string_view text, Value* value);

struct StringLiteral {
  bool bytes = false;
  bool raw = false;
  bool formatted = false;
  // Between the quotes.
  absl::string_view body;
};

// REQUIRES: a token of kind kString.
StringLiteral SplitStringLiteral(absl::string_view token);

// Appends what `body`, a part of the literal's body, stands for. The error's offset is into `body`.
std::optional<LiteralError> DecodeString(const StringLiteral& literal, absl::string_view body, std::string* out);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TOKENS_LITERAL_H_
