// Which processes a command is for.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_TARGETS_H_
#define STRATA_CONTROL_TARGETS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace strata::control {

// The admin addresses in `at`, as gRPC takes them; if that is empty those of `environment` (separated by commas); and
// if that is, too, all sockets named `*.admin.sock` in the first of `directories` that has any, in the order of their
// names. A path that begins with a slash is a unix socket. NotFound: there is none; the message says how to name one.
absl::StatusOr<std::vector<std::string>> FindTargets(const std::vector<std::string>& at, const std::string& environment,
                                                     const std::vector<std::string>& directories);

}  // namespace strata::control

#endif  // STRATA_CONTROL_TARGETS_H_
