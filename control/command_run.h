// Reads stratactl's command line and does what it asks for.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_COMMAND_RUN_H_
#define STRATA_CONTROL_COMMAND_RUN_H_

#include <string>
#include <vector>

namespace strata::control {

// How it ends, and what it has printed by then.
struct CommandResult {
  int exit_code = 0;  // 0 fine, 1 a server refused or is not ready, 2 wrong usage or a server cannot be reached
  std::string out;
  std::string err;
};

// `args` is without the program's name. Sets the process's flags, so it is for main(), and for one thread.
CommandResult RunCommand(const std::vector<std::string>& args);

}  // namespace strata::control

#endif  // STRATA_CONTROL_COMMAND_RUN_H_
