// A zone file as a command line names it, with what is said of how to read it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_ZONE_ARGUMENTS_H_
#define STRATA_ZONEC_ZONE_ARGUMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonec/compile.h"
#include "zonec/progress/progress.h"

namespace strata::zonec {

struct ZoneArguments {
  std::string input;  // "-" is standard input
  std::optional<std::string> origin = std::nullopt;
  std::optional<std::string> format = std::nullopt;  // none: detected
  bool strict = false;
  std::vector<std::string> errors = {};                // names of checks: --error
  std::vector<std::string> warnings = {};              // --warn
  std::vector<std::string> ignored = {};               // --ignore
  std::optional<std::string> previous = std::nullopt;  // a snapshot's file
  std::vector<std::string> include_roots = {};         // empty: the input's folder
  std::vector<std::string> defines = {};               // "NAME=VALUE"
  bool verify_signatures = false;
  std::string signature_time = "now";                   // or a time of RFC 4034 §3.2
  std::string expiring_within = "3d";                   // a time span as TTLs have them
  std::optional<std::string> parent_ds = std::nullopt;  // a file
};

// What messages call the input.
std::string InputName(const ZoneArguments& arguments);

// The first error of usage that shows before the input is read.
absl::Status CheckArguments(const ZoneArguments& arguments);

// Compiles `text`, which was read from the input. An error is one of usage; what is wrong with the zone is in the
// result.
absl::StatusOr<CompileResult> CompileInput(const ZoneArguments& arguments, std::string text,
                                           Progress* progress = nullptr);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_ZONE_ARGUMENTS_H_
