// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostics.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

bool IsError(const Finding& finding) { return finding.diagnostic->severity == Severity::kError; }

// By text, offset and reading.
auto SortKey(const Diagnostic& diagnostic, const Sources* sources) {
  const FileId file = diagnostic.position.file;
  const Position in_text = {sources == nullptr ? file : sources->TextNumber(file), diagnostic.position.offset};
  return std::make_pair(in_text, file);
}

bool SayTheSame(const Diagnostic& a, const Diagnostic& b, const Sources& sources) {
  return SortKey(a, &sources).first == SortKey(b, &sources).first && a.severity == b.severity && a.check == b.check &&
         a.message == b.message;
}

// Several messages may come in turns at one place, so each is compared with a few before it.
void Join(const Sources& sources, std::vector<Finding>* sorted) {
  constexpr size_t kLookBack = 16;
  std::vector<Finding> joined;
  for (const Finding& finding : *sorted) {
    const size_t first = joined.size() - std::min(joined.size(), kLookBack);
    const auto same =
        std::find_if(joined.begin() + static_cast<ptrdiff_t>(first), joined.end(),
                     [&](const Finding& one) { return SayTheSame(*one.diagnostic, *finding.diagnostic, sources); });
    if (same == joined.end()) {
      joined.push_back(finding);
    } else {
      ++same->more;
    }
  }
  *sorted = std::move(joined);
}

// Sorted before and after. An error must not go under in a flood of warnings.
template <typename Before>
void Cut(size_t limit, const Before& before, std::vector<Finding>* findings) {
  if (findings->size() <= limit) return;
  std::stable_partition(findings->begin(), findings->end(), IsError);
  findings->resize(limit);
  std::stable_sort(findings->begin(), findings->end(), before);
}

}  // namespace

namespace {

bool IsUtf8Continuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

// Takes the middle out of a long message: its ends say what is wrong, and how the quoted text starts.
void Shorten(std::string* message) {
  if (message->size() <= Diagnostics::kMaxMessage) return;
  size_t head = Diagnostics::kMaxMessage / 2;
  while (head > 0 && IsUtf8Continuation((*message)[head])) --head;
  size_t tail = message->size() - Diagnostics::kMaxMessage / 2;
  while (tail < message->size() && IsUtf8Continuation((*message)[tail])) ++tail;
  // A new string: what was cut shall not stay in memory.
  *message = absl::StrCat(message->substr(0, head), "[...]", message->substr(tail));
}

}  // namespace

void Diagnostics::Add(Level level, Diagnostic diagnostic) {
  if (level == Level::kIgnored) return;
  diagnostic.severity = level == Level::kError ? Severity::kError : Severity::kWarning;
  size_t& count = diagnostic.severity == Severity::kError ? error_count_ : warning_count_;
  if (count++ >= kMaxKept) return;
  Shorten(&diagnostic.message);
  for (Note& note : diagnostic.notes) Shorten(&note.message);
  kept_.push_back(std::move(diagnostic));
}

std::vector<Finding> Diagnostics::Collect(size_t limit, const Sources* sources, bool join) const {
  std::vector<Finding> sorted;
  sorted.reserve(kept_.size());
  for (const Diagnostic& diagnostic : kept_) sorted.push_back({&diagnostic});
  const auto before = [&](const Finding& a, const Finding& b) {
    return SortKey(*a.diagnostic, sources) < SortKey(*b.diagnostic, sources);
  };
  std::stable_sort(sorted.begin(), sorted.end(), before);
  if (join) Join(*sources, &sorted);
  Cut(limit, before, &sorted);
  return sorted;
}

std::vector<const Diagnostic*> Diagnostics::Sorted(size_t limit, const Sources* sources) const {
  std::vector<const Diagnostic*> sorted;
  for (const Finding& finding : Collect(limit, sources, /*join=*/false)) sorted.push_back(finding.diagnostic);
  return sorted;
}

std::vector<Finding> Diagnostics::Findings(size_t limit, const Sources& sources) const {
  return Collect(limit, &sources, /*join=*/true);
}

}  // namespace strata::zonec
