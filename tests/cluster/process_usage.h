// What a running process has used, and what it may.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_PROCESS_USAGE_H_
#define STRATA_TESTS_CLUSTER_PROCESS_USAGE_H_

#include <sys/types.h>

#include <cstdint>

#include "absl/time/time.h"

namespace strata::tests {

// User and system time of all threads so far, to the nanosecond. Zero if there is no such process.
absl::Duration CpuTimeOf(pid_t pid);

// Memory that is not swapped or paged out. Zero if there is no such process.
int64_t ResidentBytesOf(pid_t pid);

// How many sockets it has open: its libraries open and close other descriptors as they like. Zero if there is no such
// process.
int64_t OpenSocketsOf(pid_t pid);

// Lets this process, and those that it starts from now on, have `count` files and sockets open. False when that is more
// than the hard limit.
bool AllowOpenFiles(int64_t count);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_PROCESS_USAGE_H_
