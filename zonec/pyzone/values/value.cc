// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

absl::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kFailed:
      return "no value";
    case Kind::kNone:
      return "None";
    case Kind::kBool:
      return "a bool";
    case Kind::kInt:
      return "an int";
    case Kind::kFloat:
      return "a float";
    case Kind::kStr:
      return "a str";
    case Kind::kBytes:
      return "a bytes";
    case Kind::kList:
      return "a list";
    case Kind::kTuple:
      return "a tuple";
    case Kind::kDict:
      return "a dict";
    case Kind::kRange:
      return "a range";
    case Kind::kIterator:
      return "an iterator";
    case Kind::kFunction:
    case Kind::kBuiltin:
    case Kind::kMethod:
      return "a function";
    case Kind::kRecord:
      return "a record";
  }
  return "a value";
}

uint64_t Range::Count() const {
  // In unsigned arithmetic, where the distance of any two numbers fits.
  const auto from = static_cast<uint64_t>(start);
  const auto to = static_cast<uint64_t>(stop);
  if (step > 0) return start < stop ? (to - from - 1) / static_cast<uint64_t>(step) + 1 : 0;
  return start > stop ? (from - to - 1) / (uint64_t{0} - static_cast<uint64_t>(step)) + 1 : 0;
}

}  // namespace strata::zonec::pyzone
