// This binary's flags as people see them: names, accepted values, the usage text. Part of command_line.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_FLAG_LISTING_H_
#define STRATA_BASE_FLAG_LISTING_H_

#include <map>
#include <string>

#include "absl/flags/commandlineflag.h"
#include "absl/strings/string_view.h"
#include "base/command_line.h"

namespace strata::base {

// This binary's flags by name. Flags that Abseil itself links in are left out.
std::map<std::string, absl::CommandLineFlag*> OwnFlags();

// What a value of `flag` may be, such as "an integer from 0 to 65535"; empty if its type says nothing about that.
std::string AcceptedValues(const absl::CommandLineFlag& flag);

// The text of --help: usage line, summary, then every flag with its value, help text and default.
std::string UsageText(absl::string_view program, const CommandLineSpec& spec);

}  // namespace strata::base

#endif  // STRATA_BASE_FLAG_LISTING_H_
