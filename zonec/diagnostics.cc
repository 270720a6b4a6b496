// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostics.h"

#include <algorithm>
#include <utility>

namespace strata::zonec {

void Diagnostics::Add(Diagnostic diagnostic) {
  size_t& count = diagnostic.severity == Severity::kError ? error_count_ : warning_count_;
  if (count++ < kMaxKept) kept_.push_back(std::move(diagnostic));
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
