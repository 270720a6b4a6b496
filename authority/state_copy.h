// The directory of verified copies that zones are answered from.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_STATE_COPY_H_
#define STRATA_AUTHORITY_STATE_COPY_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::authority {

// Makes the directory, its parents too, if need be, and checks that files can be made in it. Removes what a copy that
// was cut off left there.
absl::Status PrepareStateDirectory(const std::string& state);

// `state/<checksum in hex>.snap`.
std::string StatePath(const std::string& state, absl::string_view checksum);

// The checksum that the header of the snapshot at `path` names, unchecked.
absl::StatusOr<std::string> ReadChecksum(const std::string& path);

// Copies `path` to a new file of `state` under a temporary name, which it returns.
absl::StatusOr<std::string> CopyIn(const std::string& path, const std::string& state);
// Syncs the temporary file, makes it read-only and gives it its final name.
absl::Status Keep(const std::string& incoming, const std::string& state, absl::string_view checksum);
void Discard(const std::string& incoming);

// Notes that what `state` holds under `checksum` is the last sound version of the arrival `name`, for a restart that
// finds the arrival damaged. Best effort: without the note such a zone is away until it is mended.
void Remember(const std::string& name, const std::string& state, absl::string_view checksum);
// The path of the copy that was noted last; it may be gone.
std::string Remembered(const std::string& name, const std::string& state);
void Forget(const std::string& name, const std::string& state);

// Removes the copies that are not `used`. What is mapped stays readable.
void KeepOnly(const std::set<std::string>& used, const std::string& state);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_STATE_COPY_H_
