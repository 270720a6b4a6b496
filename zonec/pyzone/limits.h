// What a pyzone may cost, so that a stranger's zone cannot hang, crash or exhaust the machine that compiles it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_LIMITS_H_
#define STRATA_ZONEC_PYZONE_LIMITS_H_

#include <cstddef>

namespace strata::zonec::pyzone {

struct Limits {
  // Of the text: brackets, blocks, operators that stand in each other.
  size_t nesting = 100;
  // Roughly one for each operation, each item, and each 64 octets that an operation looks at. A few seconds in all.
  size_t steps = 50'000'000;
  // Octets of all values that are ever made; nothing is freed before the end.
  size_t memory_bytes = size_t{512} << 20;
  // Octets of one string, items of one list.
  size_t value_size = size_t{4} << 20;
  size_t records = size_t{1} << 20;
  // Files that include each other, and calls of include() in all.
  size_t include_depth = 16;
  size_t includes = 4096;
  // Functions that call each other, and expressions being evaluated, which need stack.
  size_t call_depth = 50;
  size_t evaluation_depth = 600;
  // Errors of evaluation, behind each of which the program goes on.
  size_t errors = 100;
  // Lists in lists, when they are compared or printed.
  size_t value_depth = 100;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_LIMITS_H_
