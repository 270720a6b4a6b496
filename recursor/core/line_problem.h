// What is wrong with lines of a file that is read all the same.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_LINE_PROBLEM_H_
#define STRATA_RECURSOR_CORE_LINE_PROBLEM_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/utf8.h"

namespace strata::recursor {

struct LineProblem {
  int line = 0;  // from 1
  std::string text;
};

// A word of such a line as a problem shows it: in single quotes, made printable, and cut where a file that is no text
// would fill the log.
inline std::string QuotedWord(absl::string_view word) {
  constexpr size_t kMaxShown = 64;
  return absl::StrCat("'", base::EscapedText(word.substr(0, kMaxShown)), word.size() > kMaxShown ? "…'" : "'");
}

// Keeps the first few, and counts them all.
class LineProblems {
 public:
  static constexpr size_t kMaxKept = 10;

  void Add(int line, std::string text) {
    if (kept_.size() < kMaxKept) kept_.push_back({line, std::move(text)});
    ++count_;
  }

  const std::vector<LineProblem>& kept() const { return kept_; }
  size_t count() const { return count_; }

 private:
  std::vector<LineProblem> kept_;
  size_t count_ = 0;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_LINE_PROBLEM_H_
