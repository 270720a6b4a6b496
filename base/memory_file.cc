// SPDX-License-Identifier: Apache-2.0
#include "base/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace strata::base {

MemoryFile::~MemoryFile() {
  if (fd_ >= 0) close(fd_);
}

absl::Status MemoryFile::Write(absl::string_view text) {
  int next = memfd_create("strata", MFD_CLOEXEC);
  if (next < 0) return absl::ErrnoToStatus(errno, "cannot make a file in memory");
  absl::Cleanup closer = [&next] { close(next); };
  for (absl::string_view rest = text; !rest.empty();) {
    const ssize_t written = write(next, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return absl::ErrnoToStatus(errno, "cannot write a file in memory");
    rest.remove_prefix(static_cast<size_t>(written));
  }
  const timespec version = {.tv_sec = version_ + 1, .tv_nsec = 0};
  const timespec times[] = {version, version};
  if (fchmod(next, 0600) != 0 || futimens(next, times) != 0) {
    return absl::ErrnoToStatus(errno, "cannot set up a file in memory");
  }
  if (fd_ < 0) {
    fd_ = next;
    std::move(closer).Cancel();
    if (access(path().c_str(), R_OK) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path()));
  } else if (dup3(next, fd_, O_CLOEXEC) < 0) {
    return absl::ErrnoToStatus(errno, "cannot replace a file in memory");
  }
  ++version_;
  return absl::OkStatus();
}

std::string MemoryFile::path() const { return absl::StrCat("/proc/self/fd/", fd_); }

}  // namespace strata::base
