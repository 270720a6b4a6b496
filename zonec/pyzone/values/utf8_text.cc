// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/utf8_text.h"

#include <algorithm>

namespace strata::zonec::pyzone {
namespace {

bool ContinuesCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

void AppendUtf8(uint32_t character, std::string* out) {
  if (character < 0x80) {
    out->push_back(static_cast<char>(character));
    return;
  }
  const size_t more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
  const uint32_t marks[] = {0, 0xc0, 0xe0, 0xf0};
  out->push_back(static_cast<char>(marks[more] | character >> 6 * more));
  for (size_t i = more; i-- > 0;) out->push_back(static_cast<char>(0x80 | (character >> 6 * i & 0x3f)));
}

size_t CountCharacters(absl::string_view utf8) {
  return utf8.size() - static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), ContinuesCharacter));
}

size_t OffsetOfCharacter(absl::string_view utf8, size_t index) {
  size_t offset = 0;
  for (; index > 0 && offset < utf8.size(); --index) offset += Utf8Size(utf8[offset]);
  return std::min(offset, utf8.size());
}

uint32_t FirstCharacter(absl::string_view utf8) {
  const size_t size = Utf8Size(utf8[0]);
  const auto first = static_cast<unsigned char>(utf8[0]);
  if (size == 1) return first;
  uint32_t character = first & (0x3fu >> (size - 1));
  for (size_t i = 1; i < size; ++i) character = character << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3fu);
  return character;
}

}  // namespace strata::zonec::pyzone
