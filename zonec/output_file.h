// Replaces files as a whole.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_OUTPUT_FILE_H_
#define STRATA_ZONEC_OUTPUT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {

// Writes `octets` to a temporary file beside `path`, syncs it and renames it to `path`: whoever opens `path` sees the
// old file or the new one, whatever happens meanwhile. On an error the old one stays. Refuses to replace what is no
// regular file. Errors name the file and the reason.
absl::Status ReplaceFile(const std::string& path, absl::string_view octets);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_OUTPUT_FILE_H_
