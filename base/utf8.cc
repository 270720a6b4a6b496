// UTF-8 validation by RFC 3629 §4's table of well-formed byte sequences.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

namespace strata::base {
namespace {

// One row of the table: the first byte, the bounds of the second, and how many bytes follow the first.
struct Sequence {
  uint8_t first_low, first_high, second_low, second_high;
  size_t following;
};

constexpr Sequence kSequences[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 1}, {0xE0, 0xE0, 0xA0, 0xBF, 2}, {0xE1, 0xEC, 0x80, 0xBF, 2}, {0xED, 0xED, 0x80, 0x9F, 2},
    {0xEE, 0xEF, 0x80, 0xBF, 2}, {0xF0, 0xF0, 0x90, 0xBF, 3}, {0xF1, 0xF3, 0x80, 0xBF, 3}, {0xF4, 0xF4, 0x80, 0x8F, 3},
};

// The length of the well-formed sequence that `text` starts with; 0 if it starts with none.
size_t SequenceLength(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  if (byte(0) < 0x80) return 1;
  for (const Sequence& row : kSequences) {
    if (byte(0) < row.first_low || byte(0) > row.first_high) continue;
    if (text.size() <= row.following || byte(1) < row.second_low || byte(1) > row.second_high) return 0;
    for (size_t i = 2; i <= row.following; ++i) {
      if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
    }
    return row.following + 1;
  }
  return 0;
}

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = SequenceLength(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return absl::string_view::npos;
}

std::string EscapedText(absl::string_view text) {
  const bool is_utf8 = FindInvalidUtf8(text) == absl::string_view::npos;
  // Abseil also escapes single quotes, and only those as \'.
  return absl::StrReplaceAll(is_utf8 ? absl::Utf8SafeCEscape(text) : absl::CEscape(text), {{"\\'", "'"}});
}

}  // namespace strata::base
