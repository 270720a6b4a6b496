// zonec's command line: which command it asks for, with what.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMMAND_CHOICE_H_
#define STRATA_ZONEC_COMMAND_CHOICE_H_

#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "zonec/compile_command.h"
#include "zonec/diff_command.h"
#include "zonec/dump_command.h"

namespace strata::zonec {

// Text to print to standard output and be done with: help, or the version.
struct PrintCommand {
  std::string text;
};

using CommandChoice = std::variant<PrintCommand, CompileCommand, DumpCommand, DiffCommand>;

// Parses `args`, without the program's name. The error says what is wrong and what is accepted. Sets the process's
// flags, so it is for main(), and for one thread.
absl::StatusOr<CommandChoice> ChooseCommand(const std::vector<std::string>& args);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMMAND_CHOICE_H_
