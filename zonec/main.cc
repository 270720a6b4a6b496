// zonec, the zone compiler: reads the command line and runs one command.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "zonec/command.h"
#include "zonec/command_choice.h"
#include "zonec/compile_command.h"
#include "zonec/diff_command.h"
#include "zonec/dump_command.h"

namespace strata::zonec {
namespace {

int Run(const PrintCommand& command) {
  const bool printed = std::fputs(command.text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return printed ? kExitFine : kExitFailed;
}
int Run(const CompileCommand& command) { return RunCompile(command); }
int Run(const DumpCommand& command) { return RunDump(command); }
int Run(const DiffCommand& command) { return RunDiff(command); }

}  // namespace
}  // namespace strata::zonec

int main(int argc, char** argv) {
  const auto choice = strata::zonec::ChooseCommand(std::vector<std::string>(argv + 1, argv + argc));
  if (!choice.ok()) {
    std::fprintf(stderr, "zonec: %s\n", std::string(choice.status().message()).c_str());
    return strata::zonec::kExitFailed;
  }
  return std::visit([](const auto& command) { return strata::zonec::Run(command); }, *choice);
}
