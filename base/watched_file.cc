// SPDX-License-Identifier: Apache-2.0
#include "base/watched_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace strata::base {
namespace {

bool SameTime(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

}  // namespace

bool WatchedFile::Same(const Version& a, const Version& b) {
  return a.exists == b.exists && a.device == b.device && a.inode == b.inode && a.size == b.size &&
         SameTime(a.modified, b.modified) && SameTime(a.changed, b.changed);
}

WatchedFile::Version WatchedFile::VersionOf(const struct stat& status) {
  return {.exists = true,
          .device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .modified = status.st_mtim,
          .changed = status.st_ctim};
}

absl::StatusOr<std::string> WatchedFile::Read() {
  read_ = seen_ = Version();
  // Not blocking: it may be a pipe.
  const int fd = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return absl::ErrnoToStatus(errno, path_);
  const absl::Cleanup closer = [fd] { close(fd); };
  struct stat status;
  if (fstat(fd, &status) != 0) return absl::ErrnoToStatus(errno, path_);
  read_ = seen_ = VersionOf(status);
  if (!S_ISREG(status.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path_, ": not a regular file"));
  std::string text;
  char buffer[16384];
  for (;;) {
    const ssize_t size = read(fd, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return absl::ErrnoToStatus(errno, path_);
    if (size == 0) return text;
    text.append(buffer, static_cast<size_t>(size));
    if (text.size() > max_size_) {
      return absl::ResourceExhaustedError(absl::StrCat(path_, ": larger than ", max_size_, " bytes"));
    }
  }
}

std::optional<absl::StatusOr<std::string>> WatchedFile::Poll() {
  struct stat status;
  const Version now = stat(path_.c_str(), &status) == 0 ? VersionOf(status) : Version();
  const bool settled = Same(now, seen_);
  seen_ = now;
  if (!settled || Same(now, read_)) return std::nullopt;
  return Read();
}

}  // namespace strata::base
