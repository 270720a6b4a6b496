// `zonec diff`.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DIFF_COMMAND_H_
#define STRATA_ZONEC_DIFF_COMMAND_H_

#include "zonec/zone_arguments.h"

namespace strata::zonec {

struct DiffCommand {
  // Snapshots, or zone files to be compiled.
  ZoneArguments before;
  ZoneArguments after;
  bool json = false;
  bool ignore_serial = false;
};

// Does it, prints to standard output and standard error, and returns the exit status, which is that of diff(1): 0 the
// zones are the same, 1 they differ, 2 trouble, a zone with errors too.
int RunDiff(const DiffCommand& command);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DIFF_COMMAND_H_
