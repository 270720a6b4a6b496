// SPDX-License-Identifier: Apache-2.0
#include "zonec/source_snippet.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace strata::zonec {
namespace {

// Of a source line, this many octets are shown at most, and this many before the caret when it is cut.
constexpr size_t kShownOctets = 120;
constexpr size_t kOctetsBeforeCaret = 60;

bool IsUtf8Continuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

bool IsOneOf(char c, absl::string_view set) { return set.find(c) != absl::string_view::npos; }
bool IsNamePart(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0; }

// Behind the quote that closes the string, or the line's end.
size_t StringEnd(absl::string_view line, size_t quote) {
  const char mark = line[quote];
  for (size_t at = quote + 1; at < line.size(); ++at) {
    if (line[at] == mark) return at + 1;
    if (line[at] == '\\') ++at;
  }
  return line.size();
}

// A word, with its escapes and what it has in quotes (alpn="h2"); or a string; or a parenthesis.
size_t MasterFileTokenEnd(absl::string_view line, size_t start) {
  if (line[start] == '"') return StringEnd(line, start);
  size_t at = start;
  while (at < line.size() && !IsOneOf(line[at], " \t;()")) {
    at = line[at] == '"' ? StringEnd(line, at) : at + (line[at] == '\\' ? 2 : 1);
  }
  return std::min(at, line.size());
}

// A name, a number, a string with its prefix, or an operator.
size_t PyzoneTokenEnd(absl::string_view line, size_t start) {
  size_t at = start;
  while (at < line.size() && IsNamePart(line[at])) ++at;
  const bool quoted = at < line.size() && IsOneOf(line[at], "\"'") && at - start <= 2;
  // Of three quotes, the rest of the line.
  if (quoted) return line.substr(at, 3) == std::string(3, line[at]) ? line.size() : StringEnd(line, at);
  if (absl::ascii_isdigit(static_cast<unsigned char>(line[start]))) {
    while (at < line.size() && (IsNamePart(line[at]) || line[at] == '.')) ++at;
  }
  if (at > start) return at;
  while (at < line.size() && IsOneOf(line[at], "+-*/%<>=!&|^~@:")) ++at;
  return at;
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string out(text);
  for (size_t at = 0; at < out.size();) {
    const size_t valid = base::FindInvalidUtf8(absl::string_view(out).substr(at));
    if (valid == absl::string_view::npos) break;
    out[at + valid] = '?';
    at += valid + 1;
  }
  for (size_t i = 0; i < out.size(); ++i) {
    const auto octet = static_cast<uint8_t>(out[i]);
    if ((octet < 0x20 && octet != '\t') || octet == 0x7f) out[i] = '?';
    // C1 control characters: U+0080 to U+009F.
    if (octet == 0xc2 && i + 1 < out.size() && static_cast<uint8_t>(out[i + 1]) < 0xa0) out[i] = out[i + 1] = '?';
  }
  return out;
}

size_t TokenSize(absl::string_view line, size_t start, Format language) {
  if (start >= line.size()) return 0;
  const size_t end = language == Format::kPyzone ? PyzoneTokenEnd(line, start) : MasterFileTokenEnd(line, start);
  return std::max<size_t>(end - start, 1);
}

void AppendSnippet(Position position, const Colours& colours, Sources* sources, std::string* out) {
  if (position.offset == Position::kWholeFile) return;
  absl::string_view line = sources->Line(position);
  size_t caret = std::min(sources->Locate(position).column - 1, line.size());
  const size_t token = TokenSize(line, caret, DetectFormat(sources->name(position.file), sources->text(position.file)));
  bool cut_left = false;
  bool cut_right = false;
  if (line.size() > kShownOctets) {
    size_t start = caret > kOctetsBeforeCaret ? caret - kOctetsBeforeCaret : 0;
    start = std::min(start, line.size() - kShownOctets);
    size_t end = start + kShownOctets;
    while (start > 0 && start < caret && IsUtf8Continuation(line[start])) ++start;
    while (end < line.size() && end > caret + 1 && IsUtf8Continuation(line[end])) --end;
    cut_left = start > 0;
    cut_right = end < line.size();
    line = line.substr(start, end - start);
    caret -= start;
  }
  const std::string before = absl::StrCat(cut_left ? "..." : "", Printable(line.substr(0, caret)));
  absl::StrAppend(out, before, Printable(line.substr(caret)), cut_right ? "..." : "", "\n");
  // Tabs stay tabs, so that the caret stands below its column whatever the tab stops are.
  for (const char c : before) {
    if (!IsUtf8Continuation(c)) out->push_back(c == '\t' ? '\t' : ' ');
  }
  absl::StrAppend(out, colours.caret, "^");
  // Counts characters, whose first was the caret's.
  const absl::string_view rest = line.substr(caret, token);
  for (size_t i = 1; i < rest.size(); ++i) {
    if (!IsUtf8Continuation(rest[i])) out->push_back(rest[i] == '\t' ? '\t' : '~');
  }
  absl::StrAppend(out, colours.end, "\n");
}

}  // namespace strata::zonec
