// Reads whole files.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_INPUT_FILE_H_
#define STRATA_ZONEC_INPUT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// Also pipes and the like, to their end; "-" is standard input. Errors name the file and the reason.
absl::StatusOr<std::string> ReadInput(const std::string& path);

// Refuses what is not a regular file, without waiting for it.
absl::StatusOr<std::string> ReadRegularFile(const std::string& path);

// Reads `path`, relative to `folder` and without `.` and `..`. The same, which follows no symbolic link behind
// `folder`: who moves links about meanwhile leads it nowhere else.
absl::StatusOr<std::string> ReadRegularFileBelow(const std::string& folder, absl::string_view path);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_INPUT_FILE_H_
