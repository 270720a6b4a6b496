// zone_test's command line, and what it does.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_COMMAND_H_
#define STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_COMMAND_H_

#include <string>
#include <vector>

namespace strata::authority {

// What Bazel tells; empty without it.
struct ZoneTestEnvironment {
  std::string source_root;  // $BUILD_WORKSPACE_DIRECTORY, of `bazel run`: the tree that --update writes to
  std::string test_target;  // $TEST_TARGET
};

inline constexpr int kExitAsExpected = 0;
inline constexpr int kExitNotAsExpected = 1;
// Wrong usage, or a file that cannot be read or written.
inline constexpr int kExitNotTested = 2;

// Does it, prints to standard output and standard error, and returns the exit status. `args` is without the program's
// name. Sets the process's flags, so it is for main(), and for one thread.
int RunZoneTest(const std::vector<std::string>& args, const ZoneTestEnvironment& environment);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_ZONE_TEST_COMMAND_H_
