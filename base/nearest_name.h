// The "did you mean …?" of error messages: the known name that a mistyped one is nearest to.
//
//   NearestName("lisen", {"listen", "state"})   // "listen"
//   NearestName("colour", {"listen", "state"})  // "": nothing is near
//
// Pure functions; safe from any thread.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_NEAREST_NAME_H_
#define STRATA_BASE_NEAREST_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::base {

// Edits (a byte inserted, removed, replaced, or two neighbours swapped) that turn `a` into `b`.
int EditDistance(absl::string_view a, absl::string_view b);

// The name of `known` with the fewest edits from `word`, the first of equals; empty if more than a third of
// `word` (and more than one byte) would have to change, or if `word` is longer than any sane name.
std::string NearestName(absl::string_view word, const std::vector<std::string>& known);

}  // namespace strata::base

#endif  // STRATA_BASE_NEAREST_NAME_H_
