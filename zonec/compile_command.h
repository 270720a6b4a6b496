// `zonec compile` and `zonec check`.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMPILE_COMMAND_H_
#define STRATA_ZONEC_COMPILE_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

namespace strata::zonec {

struct CompileCommand {
  std::string input;                  // "-" is standard input
  std::optional<std::string> output;  // none: only check
  std::optional<std::string> origin;
  std::optional<std::string> format;  // none: detected
  std::string diagnostics = "text";   // or "json"
  std::string color = "auto";         // or "always" or "never"; of text only
  bool strict = false;
  std::vector<std::string> include_roots;  // empty: the input's folder
  std::vector<std::string> defines;        // "NAME=VALUE"
};

// Does it, prints to standard output and standard error, and returns the exit status (zonec/command.h).
int RunCompile(const CompileCommand& command);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMPILE_COMMAND_H_
