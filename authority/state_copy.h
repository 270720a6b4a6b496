// The directory of verified copies that zones are answered from.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_STATE_COPY_H_
#define STRATA_AUTHORITY_STATE_COPY_H_

#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace strata::authority {

// Makes the directory, its parents too, if need be, and checks that files can be made in it. Removes what a copy that
// was cut off left there.
absl::Status PrepareStateDirectory(const std::string& state);

// `state/<checksum in hex>.snap`.
std::string StatePath(const std::string& state, absl::string_view checksum);

// The checksum that the header of the snapshot at `path` names, unchecked.
absl::StatusOr<std::string> ReadChecksum(const std::string& path);

// A file of the state directory on its way in, under a name of its own until Keep(). Removed when it is destroyed
// before.
class IncomingCopy {
 public:
  static absl::StatusOr<IncomingCopy> Create(const std::string& state);
  ~IncomingCopy();
  IncomingCopy(IncomingCopy&& other) noexcept;
  IncomingCopy& operator=(IncomingCopy&&) = delete;

  // Takes over the whole of `path`, which is a regular file.
  absl::Status CopyFrom(const std::string& path);
  absl::Status Append(absl::string_view octets);
  const std::string& path() const { return path_; }

  // Waits until the disk has it.
  absl::Status Sync();
  // Makes it read-only and gives it its final name: after Sync(), so that what has that name is whole.
  absl::Status Keep(const std::string& state, absl::string_view checksum);

 private:
  IncomingCopy(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  int fd_;
  std::string path_;
};

// Waits until the disk has all of them, or for the names that were kept.
absl::Status SyncAll(absl::Span<IncomingCopy* const> copies, const std::string& state);
absl::Status SyncNames(const std::string& state);

// Removes the copy; what is mapped stays readable.
void RemoveCopy(const std::string& state, absl::string_view checksum);
// Removes the copies that are not `used`, which are paths.
void KeepOnly(const std::set<std::string>& used, const std::string& state);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_STATE_COPY_H_
