// SPDX-License-Identifier: Apache-2.0
#include "zonec/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/huge_pages.h"

namespace strata::zonec {
namespace {

constexpr size_t kReadSize = 1 << 20;
// No text can be larger: places in it are counted by 32 bits. Sparse files can, without taking any room on a disk.
constexpr size_t kMaxSize = 0xffffffff;

absl::Status Failed(const std::string& path, int error) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot read ", path));
}

absl::Status TooLarge(const std::string& path) {
  return absl::ResourceExhaustedError(absl::StrCat("cannot read ", path, ": it is larger than 4 GiB"));
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& path) {
  std::string text;
  struct stat status;
  const bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  if (regular && static_cast<size_t>(status.st_size) > kMaxSize) return TooLarge(path);
  if (regular) {
    text.reserve(static_cast<size_t>(status.st_size) + kReadSize);
    base::AdviseHugePages(text.data(), text.capacity());
  }
  size_t size = 0;
  for (;;) {
    if (text.size() - size < kReadSize / 2) text.resize(size + kReadSize);
    const ssize_t count = read(fd, &text[size], text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed(path, errno);
    if (count == 0) break;
    size += static_cast<size_t>(count);
    if (size > kMaxSize) return TooLarge(path);
  }
  text.resize(size);
  return text;
}

absl::StatusOr<std::string> ReadRegular(int fd, const std::string& path) {
  struct stat status;
  if (fstat(fd, &status) != 0) return Failed(path, errno);
  if (!S_ISREG(status.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path, " is not a regular file"));
  return ReadAll(fd, path);
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& path) {
  if (path == "-") return ReadAll(STDIN_FILENO, "standard input");
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed(path, errno);
  const absl::Cleanup closer = [fd] { close(fd); };
  return ReadAll(fd, path);
}

absl::StatusOr<std::string> ReadRegularFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return Failed(path, errno);
  const absl::Cleanup closer = [fd] { close(fd); };
  return ReadRegular(fd, path);
}

absl::StatusOr<std::string> ReadRegularFileBelow(const std::string& folder, absl::string_view path) {
  // What is told is the path below the folder: where the folder lies is nobody's business.
  const std::string below(path);
  int fd = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failed(below, errno);
  const absl::Cleanup closer = [&fd] {
    if (fd >= 0) close(fd);
  };
  const std::vector<std::string> steps = absl::StrSplit(path, '/');
  for (size_t i = 0; i < steps.size(); ++i) {
    const int kind = i + 1 < steps.size() ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
    const int next = openat(fd, steps[i].c_str(), kind | O_NOFOLLOW | O_CLOEXEC);
    const int error = errno;
    close(fd);
    fd = next;
    if (fd < 0) return Failed(below, error);
  }
  return ReadRegular(fd, below);
}

}  // namespace strata::zonec
