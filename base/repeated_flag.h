// A flag type whose every occurrence adds one value, taken as it is:
//
//   ABSL_FLAG(strata::base::RepeatedFlag, bindzone, {}, "zone `FILE` in master-file format; may be repeated");
//   strata --bindzone=a.example --bindzone=b,c.example   // values = {"a.example", "b,c.example"}
//
// It is for values that may hold a comma, such as file names. For lists of addresses use
// std::vector<std::string>, which Abseil splits at commas; ParseCommandLine appends its occurrences too.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_REPEATED_FLAG_H_
#define STRATA_BASE_REPEATED_FLAG_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::base {

struct RepeatedFlag {
  std::vector<std::string> values;
};

// Abseil hands each occurrence to AbslParseFlag alone and would keep the last one only. ParseCommandLine
// therefore collects the occurrences and hands them over once, joined by the one byte that no argument of a
// process can hold.
inline constexpr char kRepeatedFlagSeparator = '\0';

bool AbslParseFlag(absl::string_view text, RepeatedFlag* flag, std::string* error);
std::string AbslUnparseFlag(const RepeatedFlag& flag);

}  // namespace strata::base

#endif  // STRATA_BASE_REPEATED_FLAG_H_
