// Which of zonec's commands a command line asks for, and whether it may.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COMMAND_CHOICE_H_
#define STRATA_ZONEC_COMMAND_CHOICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/command_line.h"

namespace strata::zonec {

enum class Command { kCompile, kCheck, kDump };

struct CommandChoice {
  Command command = Command::kCompile;
  std::string file;        // its operand
  base::CommandLine line;  // what it was chosen from
  std::string print;       // not empty: print this and exit fine
};

// Parses `args` (without the program's name), which sets the flags, and checks that the command takes what was given.
// The error says what is wrong and what is accepted. REQUIRES: the flags of main.cc are linked in.
absl::StatusOr<CommandChoice> ChooseCommand(const std::vector<std::string>& args);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COMMAND_CHOICE_H_
