// What is wrong with lines of a file that is read all the same.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_LINE_PROBLEM_H_
#define STRATA_RECURSOR_CORE_LINE_PROBLEM_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace strata::recursor {

struct LineProblem {
  int line = 0;  // from 1
  std::string text;
};

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
