// Tells when files of a directory change (inotify).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_DIRECTORY_WATCH_H_
#define STRATA_AUTHORITY_DIRECTORY_WATCH_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace strata::authority {

// One thread waits; any thread may Stop().
class DirectoryWatch {
 public:
  static absl::StatusOr<std::unique_ptr<DirectoryWatch>> Open(const std::string& directory);
  ~DirectoryWatch();
  DirectoryWatch(const DirectoryWatch&) = delete;
  DirectoryWatch& operator=(const DirectoryWatch&) = delete;

  // Returns when a file was written and closed, renamed, linked or removed and then nothing more happened for `settle`,
  // or after `timeout` (for what inotify does not see: changes made by another host of a network file system). False
  // once stopped.
  bool Wait(absl::Duration timeout, absl::Duration settle);

  void Stop();

 private:
  DirectoryWatch(const std::string& directory, int inotify_fd, int stop_fd)
      : directory_(directory), inotify_fd_(inotify_fd), stop_fd_(stop_fd) {}

  enum class Woken { kChange, kNothing, kTimeout, kStopped };
  Woken Poll(absl::Duration timeout);
  // Watches the directory of that path, which may be another one than before.
  bool Watch() const;
  // Reads what happened; whether any of it matters.
  bool ReadEvents() const;

  const std::string directory_;

  const int inotify_fd_;
  const int stop_fd_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_DIRECTORY_WATCH_H_
