// Reads whole files.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_INPUT_FILE_H_
#define STRATA_ZONEC_INPUT_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace strata::zonec {

// Also pipes and the like, to their end; "-" is standard input. Errors name the file and the reason.
absl::StatusOr<std::string> ReadInput(const std::string& path);

// Refuses what is not a regular file, without waiting for it.
absl::StatusOr<std::string> ReadRegularFile(const std::string& path);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_INPUT_FILE_H_
