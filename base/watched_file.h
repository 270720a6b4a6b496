// A small file that is read at once, and again when it has changed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_WATCHED_FILE_H_
#define STRATA_BASE_WATCHED_FILE_H_

#include <sys/stat.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace strata::base {

// Looks (stat(2)) instead of being told (inotify), as files of this kind get replaced, bind-mounted and served over the
// network, and nobody is in a hurry. Not thread-safe.
class WatchedFile {
 public:
  // A file of more than `max_size_bytes` is an error.
  WatchedFile(std::string path, size_t max_size_bytes) : path_(std::move(path)), max_size_(max_size_bytes) {}

  const std::string& path() const { return path_; }

  // What is in it now. The error says which file and why.
  absl::StatusOr<std::string> Read();

  // To be called at intervals, after Read(). Nullopt: nothing new. A change counts when it is found the same two times
  // in a row, so that a file is not read while it is being written. An error (it cannot be read any more) is told once.
  std::optional<absl::StatusOr<std::string>> Poll();

 private:
  struct Version {
    bool exists = false;
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    timespec modified{};
    timespec changed{};
  };

  static Version VersionOf(const struct stat& status);
  static bool Same(const Version& a, const Version& b);

  const std::string path_;
  const size_t max_size_;
  Version read_;  // taken, or failed to
  Version seen_;  // at the last look
};

}  // namespace strata::base

#endif  // STRATA_BASE_WATCHED_FILE_H_
