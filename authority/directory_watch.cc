// SPDX-License-Identifier: Apache-2.0
#include "authority/directory_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace strata::authority {

absl::StatusOr<std::unique_ptr<DirectoryWatch>> DirectoryWatch::Open(const std::string& directory) {
  std::unique_ptr<DirectoryWatch> watch(
      new DirectoryWatch(directory, inotify_init1(IN_CLOEXEC | IN_NONBLOCK), eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
  if (watch->inotify_fd_ < 0 || watch->stop_fd_ < 0 || !watch->Watch()) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot watch ", directory));
  }
  return watch;
}

DirectoryWatch::~DirectoryWatch() {
  if (inotify_fd_ >= 0) close(inotify_fd_);
  if (stop_fd_ >= 0) close(stop_fd_);
}

DirectoryWatch::Woken DirectoryWatch::Poll(absl::Duration timeout) {
  pollfd fds[] = {{inotify_fd_, POLLIN, 0}, {stop_fd_, POLLIN, 0}};
  const int ready = poll(fds, 2, static_cast<int>(absl::ToInt64Milliseconds(timeout)));
  if ((fds[1].revents & POLLIN) != 0) return Woken::kStopped;
  if (ready <= 0) return Woken::kTimeout;
  return ReadEvents() ? Woken::kChange : Woken::kNothing;
}

bool DirectoryWatch::Watch() const {
  // A file that is still being written is of no interest until it is closed; IN_CREATE is for links, which never are.
  constexpr uint32_t kEvents =
      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  return inotify_add_watch(inotify_fd_, directory_.c_str(), kEvents) >= 0;
}

bool DirectoryWatch::ReadEvents() const {
  bool matters = false;
  alignas(inotify_event) char events[4096];
  ssize_t size = 0;
  while ((size = read(inotify_fd_, events, sizeof events)) > 0) {
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(events + at);
      at += static_cast<ssize_t>(sizeof *event + event->len);
      struct stat status {};
      const bool still_written = event->mask == IN_CREATE &&
                                 lstat(absl::StrCat(directory_, "/", event->name).c_str(), &status) == 0 &&
                                 S_ISREG(status.st_mode) && status.st_nlink == 1;
      matters = matters || !still_written;
    }
  }
  return matters;
}

bool DirectoryWatch::Wait(absl::Duration timeout, absl::Duration settle) {
  // Harmless where the watch stands, and needed where the directory was removed and made again.
  (void)Watch();
  Woken woken = Poll(timeout);
  while (woken == Woken::kNothing) woken = Poll(timeout);
  // A steady stream of changes must not keep the first of them waiting for ever.
  for (int i = 0; i < 10 && woken == Woken::kChange; ++i) {
    woken = Poll(settle);
    if (woken == Woken::kTimeout || woken == Woken::kNothing) return true;
  }
  return woken != Woken::kStopped;
}

void DirectoryWatch::Stop() {
  const uint64_t one = 1;
  // Cannot fail: the counter is far from its limit.
  (void)!write(stop_fd_, &one, sizeof one);
}

}  // namespace strata::authority
