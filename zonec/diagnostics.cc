// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostics.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace strata::zonec {

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

void Diagnostics::Add(Diagnostic diagnostic) {
  size_t& count = diagnostic.severity == Severity::kError ? error_count_ : warning_count_;
  if (count++ >= kMaxKept) return;
  Shorten(&diagnostic.message);
  for (Note& note : diagnostic.notes) Shorten(&note.message);
  kept_.push_back(std::move(diagnostic));
}

std::vector<const Diagnostic*> Diagnostics::Sorted(size_t limit, const Sources* sources) const {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(kept_.size());
  for (const Diagnostic& diagnostic : kept_) sorted.push_back(&diagnostic);
  const auto key = [&](const Diagnostic* diagnostic) {
    const FileId file = diagnostic->position.file;
    const Position in_text = {sources == nullptr ? file : sources->TextNumber(file), diagnostic->position.offset};
    return std::make_pair(in_text, file);
  };
  const auto by_position = [&](const Diagnostic* a, const Diagnostic* b) { return key(a) < key(b); };
  std::stable_sort(sorted.begin(), sorted.end(), by_position);
  if (sorted.size() > limit) {
    // An error must not go under in a flood of warnings.
    std::stable_partition(sorted.begin(), sorted.end(),
                          [](const Diagnostic* d) { return d->severity == Severity::kError; });
    sorted.resize(limit);
    std::stable_sort(sorted.begin(), sorted.end(), by_position);
  }
  return sorted;
}

}  // namespace strata::zonec
