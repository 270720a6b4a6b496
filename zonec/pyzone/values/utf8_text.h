// Characters of UTF-8 texts, which strs are. Pure functions.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_VALUES_UTF8_TEXT_H_
#define STRATA_ZONEC_PYZONE_VALUES_UTF8_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::zonec::pyzone {

// REQUIRES: the number of a character, not of a surrogate.
void AppendUtf8(uint32_t character, std::string* out);

// The rest REQUIRES well-formed UTF-8.
// Octets of the character that starts with `first`.
constexpr size_t Utf8Size(char first) {
  const auto octet = static_cast<unsigned char>(first);
  return octet < 0x80 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
}
size_t CountCharacters(absl::string_view utf8);
// Where character number `index` starts; the size for the number of characters and beyond.
size_t OffsetOfCharacter(absl::string_view utf8, size_t index);
uint32_t FirstCharacter(absl::string_view utf8);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_VALUES_UTF8_TEXT_H_
