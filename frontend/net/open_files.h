// How many connections the process has descriptors for.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_OPEN_FILES_H_
#define STRATA_FRONTEND_NET_OPEN_FILES_H_

#include <cstdint>

namespace strata::frontend {

// What is left for everything else: listening sockets, backends, upstream servers, files.
inline constexpr uint64_t kOtherFiles = 512;

// The process's limit of open files (RLIMIT_NOFILE).
uint64_t OpenFilesLimit();

// As many of the `wanted` connections as fit a limit of `open_files`, and leave descriptors for all else: half of the
// limit where that is less than kOtherFiles. At least one.
uint64_t ConnectionsWithin(uint64_t open_files, uint64_t wanted);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_OPEN_FILES_H_
