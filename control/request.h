// What every command is told, and how it ends.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CONTROL_REQUEST_H_
#define STRATA_CONTROL_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "control/table.h"

namespace strata::control {

struct Request {
  std::vector<std::string> targets;           // admin addresses
  absl::Duration timeout = absl::Seconds(5);  // of one call to one target
};

// What the targets said, and which of them failed, in the order of the targets.
struct Report {
  struct Failure {
    std::string target;
    absl::Status status;
  };

  explicit Report(Table made) : table(std::move(made)) {}

  Table table;
  std::vector<Failure> failures;
};

}  // namespace strata::control

#endif  // STRATA_CONTROL_REQUEST_H_
