// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/spf_domain.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace strata::zonec {
namespace {

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsAlpha(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// The size of the macro-expand that the text starts with, or 0. REQUIRES: it starts with a %.
size_t MacroSize(absl::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] == '%' || text[1] == '_' || text[1] == '-') return 2;
  if (text[1] != '{' || text.size() < 4) return 0;
  constexpr absl::string_view kLetters = "slodiphcrtv", kDelimiters = ".-+,/_=";
  if (kLetters.find(absl::ascii_tolower(static_cast<unsigned char>(text[2]))) == absl::string_view::npos) return 0;
  size_t at = 3;
  while (at < text.size() && IsDigit(text[at])) ++at;
  if (at < text.size() && absl::ascii_tolower(static_cast<unsigned char>(text[at])) == 'r') ++at;
  while (at < text.size() && kDelimiters.find(text[at]) != absl::string_view::npos) ++at;
  return at < text.size() && text[at] == '}' ? at + 1 : 0;
}

// toplabel: letters, digits and dashes, no dash at an end, not digits alone.
bool IsTopLabel(absl::string_view label) {
  return !label.empty() && IsAlnum(label.front()) && IsAlnum(label.back()) &&
         std::all_of(label.begin(), label.end(), [](char c) { return IsAlnum(c) || c == '-'; }) &&
         std::any_of(label.begin(), label.end(), [](char c) { return IsAlpha(c) || c == '-'; });
}

}  // namespace

bool IsMacroString(absl::string_view text) {
  while (!text.empty()) {
    size_t size = 1;
    if (text[0] == '%') {
      size = MacroSize(text);
    } else if (text[0] < 0x21 || text[0] > 0x7e) {
      size = 0;
    }
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

bool IsDomainSpec(absl::string_view text) {
  if (text.empty() || !IsMacroString(text)) return false;
  if (text.back() == '}') return true;
  const size_t size = text.size();
  if (size >= 2 && text[size - 2] == '%' && (text[size - 1] == '%' || text[size - 1] == '_' || text[size - 1] == '-')) {
    return true;
  }
  if (text.back() == '.') text.remove_suffix(1);
  const size_t dot = text.rfind('.');
  return dot != absl::string_view::npos && IsTopLabel(text.substr(dot + 1));
}

}  // namespace strata::zonec
