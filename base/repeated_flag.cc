// The text form of a repeated flag.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/repeated_flag.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace strata::base {

bool AbslParseFlag(absl::string_view text, RepeatedFlag* flag, std::string* error) {
  flag->values.clear();
  if (text.empty()) return true;
  for (absl::string_view value : absl::StrSplit(text, kRepeatedFlagSeparator)) {
    if (value.empty()) {
      *error = "a value that is not empty";
      return false;
    }
    flag->values.emplace_back(value);
  }
  return true;
}

std::string AbslUnparseFlag(const RepeatedFlag& flag) {
  return absl::StrJoin(flag.values, absl::string_view(&kRepeatedFlagSeparator, 1));
}

}  // namespace strata::base
