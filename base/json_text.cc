// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

// `text` is UTF-8.
void AppendEscaped(absl::string_view text, std::string* out) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (c == '\n') {
      out->append("\\n");
    } else if (c == '\t') {
      out->append("\\t");
    } else if (static_cast<uint8_t>(c) < 0x20 || c == 0x7f) {
      absl::StrAppend(out, "\\u", absl::Hex(static_cast<uint8_t>(c), absl::kZeroPad4));
    } else {
      out->push_back(c);
    }
  }
}

}  // namespace

void AppendJsonString(absl::string_view text, std::string* out) {
  out->push_back('"');
  while (!text.empty()) {
    const size_t valid = std::min(FindInvalidUtf8(text), text.size());
    AppendEscaped(text.substr(0, valid), out);
    text.remove_prefix(valid);
    if (text.empty()) break;
    out->append("\\ufffd");
    text.remove_prefix(1);
  }
  out->push_back('"');
}

}  // namespace strata::base
