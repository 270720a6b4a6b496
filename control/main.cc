// stratactl, the operator's command: asks services over their admin addresses.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>
#include <vector>

#include "control/command_run.h"

int main(int argc, char** argv) {
  const strata::control::CommandResult result =
      strata::control::RunCommand(std::vector<std::string>(argv + 1, argv + argc));
  const bool printed = std::fputs(result.out.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  std::fputs(result.err.c_str(), stderr);
  return printed ? result.exit_code : 1;
}
