// SPDX-License-Identifier: Apache-2.0
#include "dns/text/character_string.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace strata::dns {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

absl::StatusOr<char> ReadEscapedOctet(absl::string_view text, size_t* pos) {
  char c = text[(*pos)++];
  if (c != '\\') return c;
  if (*pos == text.size()) return absl::InvalidArgumentError("a lone backslash at the end");
  c = text[(*pos)++];
  if (!IsDigit(c)) return c;
  if (text.size() - *pos < 2 || !IsDigit(text[*pos]) || !IsDigit(text[*pos + 1])) {
    return absl::InvalidArgumentError("a \\DDD escape needs three digits");
  }
  const int value = (c - '0') * 100 + (text[*pos] - '0') * 10 + (text[*pos + 1] - '0');
  if (value > 255) return absl::InvalidArgumentError(absl::StrCat("\\", value, " is no octet: the largest is \\255"));
  *pos += 2;
  return static_cast<char>(value);
}

absl::Status UnescapeText(absl::string_view text, std::string* octets) {
  for (size_t pos = 0; pos < text.size();) {
    const absl::StatusOr<char> octet = ReadEscapedOctet(text, &pos);
    if (!octet.ok()) return octet.status();
    octets->push_back(*octet);
  }
  return absl::OkStatus();
}

void AppendQuotedText(absl::string_view octets, std::string* out) {
  out->push_back('"');
  for (char c : octets) {
    const auto octet = static_cast<uint8_t>(c);
    if (octet < 0x20 || octet >= 0x7f) {
      absl::StrAppend(out, "\\", octet / 100, octet / 10 % 10, octet % 10);
    } else {
      if (c == '"' || c == '\\') out->push_back('\\');
      out->push_back(c);
    }
  }
  out->push_back('"');
}

}  // namespace strata::dns
