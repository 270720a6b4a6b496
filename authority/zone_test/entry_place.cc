// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/entry_place.h"

#include <algorithm>

namespace strata::authority {
namespace {

constexpr absl::string_view kLineEnds = "\r\n";

// The line end that ends the comment which starts at `at`.
size_t CommentEnd(absl::string_view text, size_t at) {
  return std::min(text.find_first_of(kLineEnds, at), text.size());
}

struct Gap {
  int opened = 0;                          // parentheses, less those that were closed
  size_t first = absl::string_view::npos;  // the first that opens
};

// Reads what stands between tokens: blanks, line ends, comments and parentheses.
Gap ReadGap(absl::string_view text, size_t begin, size_t end) {
  Gap gap;
  for (size_t at = begin; at < end; ++at) {
    if (text[at] == ';') at = CommentEnd(text, at);
    if (at >= end) break;
    if (text[at] == '(') gap.first = std::min(gap.first, at);
    gap.opened += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
  }
  return gap;
}

// Where the line of `at` starts.
size_t LineBegin(absl::string_view text, size_t at) {
  const size_t before = at == 0 ? absl::string_view::npos : text.find_last_of(kLineEnds, at - 1);
  return before == absl::string_view::npos ? 0 : before + 1;
}

// Where the line behind that of `at` starts.
size_t LineEnd(absl::string_view text, size_t at) {
  const size_t end = text.find_first_of(kLineEnds, at);
  if (end == absl::string_view::npos) return text.size();
  return end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
}

// Behind the parentheses that close `depth` others, which were opened before `at`.
size_t Close(absl::string_view text, size_t at, int depth) {
  while (depth > 0 && at < text.size()) {
    if (text[at] == ';') {
      at = CommentEnd(text, at);
      continue;
    }
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    ++at;
  }
  return at;
}

}  // namespace

Place PlaceOf(absl::string_view text, const zonec::Entry& entry, size_t behind) {
  const size_t first = OffsetOf(text, entry.tokens.front());
  // A parenthesis may open on a line above the first token's.
  const Gap before = ReadGap(text, behind, first);
  int depth = before.opened;
  size_t end = first;
  for (const dns::TextToken& token : entry.tokens) {
    const size_t at = OffsetOf(text, token);
    depth += ReadGap(text, end, at).opened;
    end = at + token.text.size() + (token.quoted ? 2 : 0);
  }
  return {.at = first,
          .begin = LineBegin(text, std::min(first, before.first)),
          .end = LineEnd(text, Close(text, std::min(end, text.size()), depth))};
}

}  // namespace strata::authority
