// SPDX-License-Identifier: Apache-2.0
#include "zonec/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

absl::Status Failed(const std::string& path, int error) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot write ", path));
}

// Writes, syncs and closes.
absl::Status WriteAll(int fd, absl::string_view octets, const std::string& path) {
  absl::Status status;
  while (status.ok() && !octets.empty()) {
    const ssize_t count = write(fd, octets.data(), octets.size());
    if (count >= 0) {
      octets.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      status = Failed(path, errno);
    }
  }
  if (status.ok() && fsync(fd) != 0) status = Failed(path, errno);
  if (close(fd) != 0 && status.ok()) status = Failed(path, errno);
  return status;
}

// Makes the rename outlive a power failure. Some file systems cannot; the file is complete without that.
void SyncFolder(const std::string& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

}  // namespace

absl::Status ReplaceFile(const std::string& path, absl::string_view octets) {
  struct stat old;
  if (stat(path.c_str(), &old) == 0 && !S_ISREG(old.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("cannot write ", path, ": it is not a regular file"));
  }
  const std::filesystem::path target(path);
  std::filesystem::path folder = target.parent_path();
  if (folder.empty()) folder = ".";
  // Hidden, and without the name's ending, so that whoever watches the folder for files of a kind passes over it.
  const std::string temporary = (folder / absl::StrCat(".", target.filename().string(), ".", getpid())).string();
  unlink(temporary.c_str());  // of a process of the same number that was killed
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return Failed(path, errno);
  absl::Status status = WriteAll(fd, octets, path);
  if (status.ok() && rename(temporary.c_str(), path.c_str()) != 0) status = Failed(path, errno);
  if (!status.ok()) {
    unlink(temporary.c_str());
    return status;
  }
  SyncFolder(folder.string());
  return absl::OkStatus();
}

}  // namespace strata::zonec
