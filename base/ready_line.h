// The one line that a Strata server prints on stdout, for scripts that wait for it:
//
//   ready 127.0.0.1:5300 unix:/run/strata/admin.sock
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_READY_LINE_H_
#define STRATA_BASE_READY_LINE_H_

#include <string>
#include <vector>

namespace strata::base {

// Prints the line, and tells a supervisor that waits for it (systemd's Type=notify), with ports that the kernel chose
// filled in by the caller. Call once, when all of `addresses` answer.
void PrintReadyLine(const std::vector<std::string>& addresses);

}  // namespace strata::base

#endif  // STRATA_BASE_READY_LINE_H_
