// SPDX-License-Identifier: Apache-2.0
#include "zonec/format.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace strata::zonec {
namespace {

void SkipBlanks(absl::string_view* text) {
  text->remove_prefix(std::min(text->find_first_not_of(" \t"), text->size()));
}

// The first line that holds something else than blanks and a comment with #, and what follows.
absl::string_view FirstStatement(absl::string_view text) {
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (!absl::StartsWith(text, "#")) return text;
    text.remove_prefix(std::min(text.find_first_of("\r\n"), text.size()));
  }
}

absl::string_view TakeWord(absl::string_view* text) {
  const auto end = std::find_if_not(text->begin(), text->end(),
                                    [](unsigned char c) { return absl::ascii_isalnum(c) || c == '_' || c == '.'; });
  const absl::string_view word = text->substr(0, static_cast<size_t>(end - text->begin()));
  text->remove_prefix(word.size());
  SkipBlanks(text);
  return word;
}

bool StartsAsProgram(absl::string_view text) {
  text = FirstStatement(text);
  if (absl::StartsWith(text, "\"\"\"") || absl::StartsWith(text, "'''")) return true;
  const absl::string_view first = TakeWord(&text);
  if (first.empty()) return false;
  if (absl::StartsWith(text, "=") || absl::StartsWith(text, "+=")) return true;
  const absl::string_view second = TakeWord(&text);
  if (second.empty()) return false;
  if (first == "def") return absl::StartsWith(text, "(");
  // A master file's record goes on behind the second word.
  if (first == "import") return text.empty() || text[0] == '\n' || text[0] == '\r';
  return first == "from" && TakeWord(&text) == "import";
}

}  // namespace

std::optional<Format> FormatFromText(absl::string_view text) {
  if (text == "bind") return Format::kBind;
  if (text == "pyzone") return Format::kPyzone;
  return std::nullopt;
}

Format DetectFormat(absl::string_view name, absl::string_view text) {
  const bool called_so = absl::EndsWith(name, ".py") || absl::EndsWith(name, ".pyzone");
  return called_so || StartsAsProgram(text) ? Format::kPyzone : Format::kBind;
}

}  // namespace strata::zonec
