// `zonec dump`.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DUMP_COMMAND_H_
#define STRATA_ZONEC_DUMP_COMMAND_H_

#include <string>

namespace strata::zonec {

struct DumpCommand {
  std::string snapshot;  // "-" is standard input
  bool json = false;
};

// Does it, prints to standard output and standard error, and returns the exit status (zonec/command.h).
int RunDump(const DumpCommand& command);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DUMP_COMMAND_H_
