// zonec, the zone compiler: reads the command line and runs one command.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "base/command_line.h"
#include "base/repeated_flag.h"
#include "zonec/command.h"
#include "zonec/command_choice.h"
#include "zonec/compile_command.h"
#include "zonec/dump_command.h"

ABSL_FLAG(std::string, output, "", "`FILE` to write the snapshot to");
ABSL_FLAG(std::string, origin, "", "the zone's apex");
ABSL_FLAG(std::string, format, "bind", "language of the input");
ABSL_FLAG(std::string, diagnostics, "text", "text or json");
ABSL_FLAG(bool, strict, false, "warnings are errors");
ABSL_FLAG(strata::base::RepeatedFlag, include_root, {}, "`DIR` whose files may be included");
ABSL_FLAG(bool, json, false, "dump as JSON");

namespace strata::zonec {
namespace {

int Run(const CommandChoice& choice) {
  if (choice.command == Command::kDump) return RunDump({.snapshot = choice.file, .json = absl::GetFlag(FLAGS_json)});
  CompileCommand compile;
  compile.input = choice.file;
  if (choice.command == Command::kCompile) compile.output = absl::GetFlag(FLAGS_output);
  if (choice.line.WasGiven("origin")) compile.origin = absl::GetFlag(FLAGS_origin);
  compile.format = absl::GetFlag(FLAGS_format);
  compile.diagnostics = absl::GetFlag(FLAGS_diagnostics);
  compile.strict = absl::GetFlag(FLAGS_strict);
  compile.include_roots = absl::GetFlag(FLAGS_include_root).values;
  return RunCompile(compile);
}

}  // namespace
}  // namespace strata::zonec

int main(int argc, char** argv) {
  const auto choice = strata::zonec::ChooseCommand(std::vector<std::string>(argv + 1, argv + argc));
  if (!choice.ok()) {
    std::fprintf(stderr, "zonec: %s\n", std::string(choice.status().message()).c_str());
    return strata::zonec::kExitFailed;
  }
  if (!choice->print.empty()) {
    const bool printed = std::fputs(choice->print.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
    return printed ? strata::zonec::kExitFine : strata::zonec::kExitFailed;
  }
  return strata::zonec::Run(*choice);
}
