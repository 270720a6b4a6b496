// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/text_tokens.h"

#include <algorithm>
#include <cstddef>

namespace strata::dns {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Where the string that starts behind a quote at `pos` ends: at its closing quote, or the end.
size_t FindClosingQuote(absl::string_view line, size_t pos) {
  while (pos < line.size() && line[pos] != '"') pos += line[pos] == '\\' ? 2 : 1;
  return std::min(pos, line.size());
}

}  // namespace

std::vector<TextToken> SplitTextTokens(absl::string_view line) {
  std::vector<TextToken> tokens;
  for (size_t pos = 0; pos < line.size();) {
    if (IsBlank(line[pos])) {
      ++pos;
    } else if (line[pos] == '"') {
      const size_t close = FindClosingQuote(line, pos + 1);
      tokens.push_back({line.substr(pos + 1, close - pos - 1), true});
      pos = close + 1;
    } else {
      const size_t start = pos;
      while (pos < line.size() && !IsBlank(line[pos])) {
        if (line[pos] == '"') pos = FindClosingQuote(line, pos + 1);
        pos += pos < line.size() && line[pos] == '\\' ? 2 : 1;
      }
      pos = std::min(pos, line.size());
      tokens.push_back({line.substr(start, pos - start), false});
    }
  }
  return tokens;
}

}  // namespace strata::dns
