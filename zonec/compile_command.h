// `zonec compile` and `zonec check`.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMPILE_COMMAND_H_
#define STRATA_ZONEC_COMPILE_COMMAND_H_

#include <optional>
#include <string>

#include "zonec/zone_arguments.h"

namespace strata::zonec {

struct CompileCommand : ZoneArguments {
  std::optional<std::string> output;  // none: only check
  std::string diagnostics = "text";   // or "json"
  std::string color = "auto";         // or "always" or "never"; of text only
  std::string progress = "auto";      // or "always" or "never"
  bool stats = false;
};

// Does it, prints to standard output and standard error, and returns the exit status (zonec/command.h).
int RunCompile(const CompileCommand& command);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMPILE_COMMAND_H_
